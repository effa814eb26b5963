import { describe, expect, it } from 'vitest'
import { grpcTarget } from './grpc-target.ts'

describe('an endpoint', () => {
  it.each([
    ['tempo:4317', 'tempo:4317', 'tempo', undefined],
    ['127.0.0.1:1', '127.0.0.1:1', '127.0.0.1', undefined],
    ['[::1]:4317', '[::1]:4317', '::1', undefined],
    ['[fe80::1.2.3.4]:65535', '[fe80::1.2.3.4]:65535', 'fe80::1.2.3.4', undefined],
    ['http://tempo:4317', 'tempo:4317', 'tempo', undefined],
    ['http://tempo:4317/', 'tempo:4317', 'tempo', undefined],
    ['https://tempo.example.com:443', 'tempo.example.com:443', 'tempo.example.com', 'https'],
    ['dns:///tempo:4317', 'tempo:4317', 'tempo', undefined],
    ['dns:tempo:4317', 'tempo:4317', 'tempo', undefined],
    ['dns://8.8.8.8/tempo:4317', 'tempo:4317', 'tempo', undefined],
    ['passthrough:///tempo:4317', 'tempo:4317', 'tempo', undefined],
  ])('%s leads to %s', (endpoint, target, host, scheme) => {
    expect(grpcTarget(endpoint)).toEqual({ target, host, scheme })
  })

  it.each([
    '',
    'tempo',
    'tempo:',
    ':4317',
    'tempo:65536',
    'tempo:http',
    'tempo:4317/v1/traces',
    'http://tempo',
    'user@tempo:4317',
    'a b:4317',
    '::1:4317',
    '[::1]',
    'unix:///run/tempo.sock',
    'tempo:4317?x=1',
  ])('%j leads nowhere', (endpoint) => {
    expect(grpcTarget(endpoint)).toHaveProperty('problem')
  })
})
