/**
 * Takes away every way to the network and to other programs from this process, for good. Node 20 has no
 * permission for it, so each entry is replaced before any file is opened. Two further walls stand behind
 * it: PDFium is WebAssembly, whose imports reach neither sockets nor real files, and the process gets no
 * settings and no keys.
 */
import childProcess from 'node:child_process';
import cluster from 'node:cluster';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import inspector from 'node:inspector';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import workerThreads from 'node:worker_threads';

/** Whole modules, whose every function goes. */
const MODULES: object[] = [childProcess, dgram, dns, dns.promises, http, http2, https, net, tls];
const PROTOTYPES: object[] = [
  net.Socket.prototype,
  net.Server.prototype,
  dgram.Socket.prototype,
  tls.TLSSocket.prototype,
];
/** A pipe to the parent stays open and goes on working; it is made already. */
const DANGEROUS = new Set(['connect', 'listen', 'bind', 'send', 'open']);

export function closeNetwork(): void {
  for (const module of MODULES) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === 'function') seal(module, name);
    }
  }
  for (const prototype of PROTOTYPES) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (DANGEROUS.has(name)) seal(prototype, name);
    }
  }
  seal(cluster, 'fork');
  seal(inspector, 'open');
  seal(workerThreads, 'Worker');
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'Worker']) {
    if (name in globalThis) seal(globalThis, name);
  }
  // Node's own modules by their inner names, and add-ons.
  seal(process, 'binding');
  seal(process, '_linkedBinding');
  seal(process, 'dlopen');
  syncBuiltinESMExports();
}

function seal(owner: object, name: string): void {
  const refuse = function refuse(): never {
    throw new Error(`${name} is closed: a PDF's reader has no network`);
  };
  Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false });
}
