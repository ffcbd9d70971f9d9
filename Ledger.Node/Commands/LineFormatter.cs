using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Ledger.Node.Commands;

/// <summary>
/// One line an event: time in UTC, level, where, what, and of an exception its message. What strangers send must
/// not fill the log with stack traces; where one is wanted, <c>--verbose</c> shows it.
/// </summary>
public sealed class LineFormatter(IOptions<LineFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    /// <summary>By which the console is told to use it.</summary>
    public const string FormatterName = "line";

    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string time = TimeProvider.System.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{time} {NameOf(logEntry.LogLevel)}: {logEntry.Category} {OneLine(message)}");
        if (logEntry.Exception is { } problem)
        {
            textWriter.Write(" " + (options.Value.IsVerbose ? problem.ToString() : OneLine(problem.Message)));
        }

        textWriter.WriteLine();
    }

    // A name or message that a stranger chose must not forge a line of its own.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.None => "none",
        _ => throw new InvalidOperationException("a log level without a name"),
    };
}
