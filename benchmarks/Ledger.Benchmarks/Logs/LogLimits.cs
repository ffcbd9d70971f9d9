using Ledger.Client.Records;

namespace Ledger.Benchmarks.Logs;

/// <summary>How large a log may be, each limit with its reason.</summary>
public static class LogLimits
{
    /// <summary>A line: what a record store takes of one record.</summary>
    public const int LineBytesMax = JsonLimits.RecordBytesMax;

    /// <summary>Lines of a log: twice the population, which with its plan fits into a small machine's memory.</summary>
    public const int LinesMax = 1_000_000;

    /// <summary>Learners of a log: each has a key of its own, which is held in memory.</summary>
    public const int LearnersMax = 100_000;

    /// <summary>Refused lines that the screen shows; the JSON file has the rest.</summary>
    public const int RefusedShownMax = 20;

    /// <summary>Refused lines that the JSON file lists; their count is always whole.</summary>
    public const int RefusedListedMax = 10_000;
}
