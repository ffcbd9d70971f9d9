using Microsoft.Extensions.Logging.Console;

namespace Ledger.Node.Commands;

/// <summary>The node's log: one line an event on standard error, times in UTC, no personal data.</summary>
public static class NodeLogging
{
    /// <summary>Makes the loggers; if verbose, an exception is shown with its stack trace.</summary>
    public static ILoggerFactory Create(bool verbose) => LoggerFactory.Create(builder => Filter(builder)
        .AddConsole(options =>
        {
            options.FormatterName = LineFormatter.FormatterName;

            // Where nobody reads the log any more, lines are lost: else whoever logs would wait, the kernel too.
            options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        })
        .AddConsoleFormatter<LineFormatter, LineFormatterOptions>(options => options.IsVerbose = verbose));

    /// <summary>
    /// What is logged at all. The platform tells of each request with its address, in which people are named: of the
    /// platform only what goes wrong is logged, and nothing of the part that tells of requests. What goes wrong there
    /// is thrown as well, and while anybody could listen it makes an activity and a scope for each request.
    /// </summary>
    public static ILoggingBuilder Filter(ILoggingBuilder builder) => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("System", LogLevel.Warning);
}
