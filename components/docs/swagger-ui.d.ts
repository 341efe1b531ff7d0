declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface Options {
    domNode: HTMLElement;
    url: string;
    docExpansion: 'list' | 'full' | 'none';
    defaultModelsExpandDepth: number;
    persistAuthorization: boolean;
    validatorUrl: null;
  }
  export default function SwaggerUI(options: Options): unknown;
}
