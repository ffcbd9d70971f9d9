namespace Ledger.Node.Commands;

/// <summary>The node's log: one line an event on standard error, times in UTC, no personal data.</summary>
public static class NodeLogging
{
    /// <summary>Makes the loggers; if verbose, an exception is shown with its stack trace.</summary>
    public static ILoggerFactory Create(bool verbose) => LoggerFactory.Create(builder => Filter(builder)
        .AddConsole(options =>
        {
            options.FormatterName = LineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        })
        .AddConsoleFormatter<LineFormatter, LineFormatterOptions>(options => options.IsVerbose = verbose));

    /// <summary>
    /// What is logged at all. The platform tells of each request with its address, in which people are named: of the
    /// platform only what goes wrong is logged.
    /// </summary>
    public static ILoggingBuilder Filter(ILoggingBuilder builder) => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning);
}
