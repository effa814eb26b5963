// A pipeline that shows what there is to see: all three signals on their way to the local stack, a target that is down, a
// component Weir only keeps, one that is switched off, a module.

export interface ShopPorts {
  readonly otlpGrpc: number
  readonly otlpHttp: number
  readonly mimir: number
  readonly loki: number
  readonly tempoGrpc: number
}

export const shopConfig = ({ otlpGrpc, otlpHttp, mimir, loki, tempoGrpc }: ShopPorts): string => `
prometheus.exporter.self "weir" { }

prometheus.scrape "shop" {
  targets = [
    {__address__ = "127.0.0.1:12346", __metrics_path__ = "/storefront/metrics", service = "storefront"},
    {__address__ = "127.0.0.1:12346", __metrics_path__ = "/orders/metrics", service = "orders"},
  ]
  forward_to      = [prometheus.relabel.vital_signs.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.scrape "a_service_with_a_rather_long_name_that_is_down" {
  targets         = [{__address__ = "127.0.0.1:9", job = "absent", instance = "a-service-that-is-down.example.internal"}]
  forward_to      = [prometheus.relabel.vital_signs.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
  basic_auth {
    username = "scraper"
    password = "hunter2"
  }
}

// Only a few series pass.
prometheus.relabel "vital_signs" {
  forward_to = [prometheus.remote_write.mimir.receiver]
  rule {
    source_labels = ["__name__"]
    regex         = "up|scrape_.*|http_server_request_duration_seconds_.*"
    action        = "keep"
  }
  rule {
    target_label = "env"
    replacement  = "dev"
  }
}

prometheus.remote_write "mimir" {
  endpoint {
    url            = "http://127.0.0.1:${mimir}/api/v1/push"
    send_exemplars = true
  }
}

otelcol.receiver.otlp "apps" {
  grpc {
    endpoint = "127.0.0.1:${otlpGrpc}"
  }
  http {
    endpoint = "127.0.0.1:${otlpHttp}"
  }
  output {
    logs   = [otelcol.processor.batch.all.input]
    traces = [otelcol.processor.batch.all.input]
  }
}

otelcol.processor.batch "all" {
  timeout = "500ms"
  output {
    logs   = [otelcol.exporter.otlphttp.loki.input]
    traces = [otelcol.exporter.otlp.tempo.input]
  }
}

otelcol.exporter.otlphttp "loki" {
  client {
    endpoint = "http://127.0.0.1:${loki}/otlp"
  }
}

otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "127.0.0.1:${tempoGrpc}"
    tls {
      insecure = true
    }
  }
}

// prometheus.scrape "switched_off" {
//   targets    = prometheus.exporter.self.weir.targets
//   forward_to = [prometheus.relabel.vital_signs.receiver]
// }
`
