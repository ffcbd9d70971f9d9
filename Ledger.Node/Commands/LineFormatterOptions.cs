using Microsoft.Extensions.Logging.Console;

namespace Ledger.Node.Commands;

/// <summary>How the log shows exceptions.</summary>
public sealed class LineFormatterOptions : ConsoleFormatterOptions
{
    /// <summary>With their stack traces.</summary>
    public bool IsVerbose { get; set; }
}
