import './segments.properties.test.ts';
