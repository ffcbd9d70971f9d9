using Ledger.Client.Records;

namespace Ledger.Benchmarks.Logs;

/// <summary>A record of a log that can be replayed.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Type">Statement or event.</param>
/// <param name="Json">The line as it stands.</param>
/// <param name="Actor">The one text of its actor, which is its learner.</param>
/// <param name="Host">Whose record it is, by <see cref="HostRule"/>.</param>
/// <param name="VerbIri">Its verb or action.</param>
public sealed record LogRecord(
    int Line, RecordType Type, byte[] Json, string Actor, string Host, string VerbIri);
