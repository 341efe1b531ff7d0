const EVERYWHERE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
  // Heeded over https alone.
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
];

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // These load WebAssembly, fonts or SQL files from their own folder, which bundling would break.
  serverExternalPackages: ['@rdkit/rdkit', 'graphile-worker', 'postgres', 'pdfkit'],
  // What pdf.js fetches while it draws is served from its own package.
  outputFileTracingIncludes: {
    '/pdfjs/[version]/[...path]': [
      'node_modules/pdfjs-dist/build/pdf.worker.min.mjs',
      'node_modules/pdfjs-dist/{cmaps,standard_fonts,wasm,iccs}/*',
    ],
  },
  poweredByHeader: false,
  async headers() {
    return [{ source: '/:path*', headers: EVERYWHERE }];
  },
  images: { unoptimized: true },
  // `npm test` runs the type checker over everything; the image build need not repeat it.
  typescript: { ignoreBuildErrors: true },
  // The framework must not write files into the checkout or ask the network about upgrades.
  agentRules: false,
  experimental: { agentUpgrade: false },
};

export default config;
