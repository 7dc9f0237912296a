import './check-changes.properties.test.ts';
import './write-changes.properties.test.ts';
