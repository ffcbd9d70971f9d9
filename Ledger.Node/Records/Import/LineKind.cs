namespace Ledger.Node.Records.Import;

/// <summary>What a line of a file is.</summary>
internal enum LineKind
{
    /// <summary>An xAPI statement; also a row of BookRoll's log, once it is made one.</summary>
    Statement = 1,

    /// <summary>An event of Caliper 1.1.</summary>
    EventV1p1 = 2,

    /// <summary>An event of Caliper 1.2.</summary>
    EventV1p2 = 3,
}
