using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>A row of the table of records as it stood in clear.</summary>
/// <param name="Row">Its values, in the order of <see cref="PlainRecords.Table"/>.</param>
/// <param name="Content">What is sealed of it; null of an erased record.</param>
/// <param name="Facts">What is kept of a statement; null of others.</param>
/// <param name="Keys">By what it is found; null of an erased record.</param>
internal sealed record PlainRecord(object[] Row, RecordContent? Content, StatementFacts? Facts, RecordKeys? Keys)
{
    /// <summary>The store's own number.</summary>
    public long Sequence => (long)Row[0];

    /// <summary>When it was taken in, in milliseconds.</summary>
    public long StoredMs => (long)Row[6];

    private RecordType Type => (RecordType)(long)Row[1];

    /// <summary>Of a row.</summary>
    public static PlainRecord Of(StoreSeals seals, object[] row)
    {
        if ((RecordState)(long)row[13] == RecordState.Erased)
        {
            return new PlainRecord(row, null, null, null);
        }

        RecordType type = (RecordType)(long)row[1];
        RecordContent content = new(
            (string)row[2],
            (string)row[3],
            (string)row[4],
            DateTimeOffset.FromUnixTimeMilliseconds((long)row[5]),
            (string)row[7],
            (string)row[18],
            row[17] as string,
            (byte[])row[9],
            (byte[])row[8]);
        StatementFacts? facts = type == RecordType.XapiStatement
            ? StatementFactsReader.Read(JsonTree.Parse(content.Committed.Span).Root, content.Version)
            : null;
        return new PlainRecord(row, content, facts, RecordKeys.Of(seals, type, content, facts));
    }

    /// <summary>Who needs a key for it.</summary>
    public IEnumerable<string> Persons(bool withNames) =>
        (withNames ? Facts?.Names.Select(static name => name.Agent) ?? [] : [])
        .Concat(Content is null ? [] : [Content.ActorKey]);

    /// <summary>The row in which it is sealed, in the order of that table's columns.</summary>
    public object?[] Sealed(StoreSeals seals, long storedMs) =>
    [
        Row[0], Row[1], Keys?.Id.ToArray(), Keys?.Actor.ToArray() ?? [], Keys?.Verb.ToArray() ?? [], storedMs, Row[10],
        Row[11], Row[12], Row[13], Row[14], Row[15], Row[16], Row[19], Row[20],
        Content is null
            ? Array.Empty<byte>()
            : seals.Seal(
                Content.ActorKey,
                SealContexts.Record(Type, (long)Row[11], (byte[])Row[12]),
                Content.ToBytes()),
    ];
}
