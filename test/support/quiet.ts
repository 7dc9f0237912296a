// Functions under test log as they do in Lambda; a test that looks at the log reads it from the port.
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
