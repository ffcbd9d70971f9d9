using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Whose records wait, by the digests that stand in the rows. Few accounts and verbs come again and again, so one
/// record of each pair is opened and what it says is remembered. Used under the writer's lock.
/// </summary>
internal sealed class WaitingNames(DbConnection connection, StoreSeals seals) : IDisposable
{
    /// <summary>Pairs remembered, then all are forgotten: some megabytes.</summary>
    private const int RememberedMax = 20_000;

    private readonly Dictionary<(SearchKey Actor, SearchKey Verb), (string Actor, string Verb)> known = [];
    private readonly RecordRows rows = new(seals);
    private readonly PreparedStatement find = new(
        connection, $"SELECT {RecordRows.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");

    private int epoch = seals.Epoch;

    /// <summary>Actor and verb of a record; null where its key was erased.</summary>
    public (string Actor, string Verb)? Of(long sequence, SearchKey actor, SearchKey verb)
    {
        if (epoch != seals.Epoch || known.Count >= RememberedMax)
        {
            known.Clear();
            epoch = seals.Epoch;
        }

        if (known.TryGetValue((actor, verb), out (string, string) pair))
        {
            return pair;
        }

        if (rows.Single(find.Rows(null, sequence)) is not { Record: { State: not RecordState.Erased } record })
        {
            return null;
        }

        known.Add((actor, verb), (record.ActorKey, record.VerbIri));
        return (record.ActorKey, record.VerbIri);
    }

    /// <summary>Releases the statement.</summary>
    public void Dispose() => find.Dispose();
}
