// Configs that several suites open.

/** Weir's own metrics, scraped every second and written to the log. */
export const selfScrape = `prometheus.exporter.self "own" { }

prometheus.scrape "own" {
  targets         = prometheus.exporter.self.own.targets
  forward_to      = [prometheus.echo.log.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.echo "log" { }
`

/** A scrape with an inner block, through a relabelling with a rule; of what it names nothing answers. */
export const scrapeAndRelabel = `prometheus.scrape "app" {
  targets         = [{ __address__ = "127.0.0.1:9" }]
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "60s"

  basic_auth {
    username = "scraper"
    password = "hunter2"
  }
}

prometheus.relabel "some" {
  forward_to = [prometheus.echo.log.receiver]

  rule {
    source_labels = ["job"]
    regex         = "a(.*)"
    action        = "keep"
  }
}

prometheus.echo "log" { }
`
