using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>A record that keeps all rules, ready to be stored.</summary>
/// <param name="Source">The record in the text that was read.</param>
/// <param name="Record">What is committed, with id and time.</param>
/// <param name="Committed">The same in canonical spelling.</param>
/// <param name="ActorKey">The actor, see <see cref="Records.ActorKey"/>.</param>
/// <param name="VerbIri">The exact IRI of the verb or action.</param>
/// <param name="Time">When the event happened.</param>
/// <param name="TimeFilledIn">The client left the time out, so it does not count when a record is sent again.</param>
public sealed record IntakeRecord(
    JsonCursor Source,
    CommittedRecord Record,
    ReadOnlyMemory<byte> Committed,
    string ActorKey,
    string VerbIri,
    DateTimeOffset Time,
    bool TimeFilledIn)
{
    /// <summary>What else is kept of a statement; null for a Caliper event.</summary>
    public StatementFacts? Facts { get; init; }

    /// <summary>Where it stood in the text that was read, as a JSON pointer; found by walking the text.</summary>
    public string Path => Source.Path;

    /// <summary>The kind of record.</summary>
    public RecordType Type => Record.Type;

    /// <summary>The record's id.</summary>
    public string Id => Record.Id;
}
