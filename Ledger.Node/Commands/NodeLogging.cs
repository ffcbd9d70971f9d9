using Microsoft.Extensions.Logging.Console;

namespace Ledger.Node.Commands;

/// <summary>The node's log: one line an event on standard error, times in UTC, no personal data.</summary>
public static class NodeLogging
{
    /// <summary>Makes the loggers.</summary>
    public static ILoggerFactory Create() => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            options.UseUtcTimestamp = true;
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        }));
}
