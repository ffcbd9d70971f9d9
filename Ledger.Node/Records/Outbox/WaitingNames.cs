using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Whose records wait, by the digests that stand in the rows. Accounts and verbs come again and again, so one record of
/// each is opened and what it says is remembered, until keys of the account go. Used under the writer's lock.
/// </summary>
internal sealed class WaitingNames : IDisposable
{
    /// <summary>
    /// Accounts remembered, then all of them are forgotten; verbs too. Records of more accounts than a university has
    /// members may rest without being opened again at each pass: some 50 MB then.
    /// </summary>
    private const int RememberedMax = 200_000;

    private readonly StoreSeals seals;
    private readonly Dictionary<SearchKey, string> actors = [];
    private readonly Dictionary<SearchKey, string> verbs = [];
    private readonly RecordRows rows;
    private readonly PreparedStatement find;

    public WaitingNames(DbConnection connection, StoreSeals seals)
    {
        this.seals = seals;
        rows = new RecordRows(seals);
        find = new PreparedStatement(
            connection, $"SELECT {RecordRows.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");
        seals.Going += Forget;
    }

    /// <summary>Actor and verb of a record; null where its key was erased, or where it is damaged.</summary>
    public (string Actor, string Verb)? Of(long sequence, SearchKey actor, SearchKey verb)
    {
        if (actors.TryGetValue(actor, out string? knownActor) && verbs.TryGetValue(verb, out string? knownVerb))
        {
            return (knownActor, knownVerb);
        }

        if (rows.Single(find.Rows(null, sequence)) is not { Record: { IsReadable: true } record })
        {
            return null;
        }

        Remember(actors, actor, record.ActorKey);
        Remember(verbs, verb, record.VerbIri);
        return (record.ActorKey, record.VerbIri);
    }

    /// <summary>Releases the statement.</summary>
    public void Dispose()
    {
        seals.Going -= Forget;
        find.Dispose();
    }

    private static void Remember(Dictionary<SearchKey, string> names, SearchKey key, string name)
    {
        if (names.Count >= RememberedMax)
        {
            names.Clear();
        }

        names[key] = name;
    }

    // A verb may be the account's alone. Verbs are few, and are soon known again.
    private void Forget(SearchKey actor)
    {
        actors.Remove(actor);
        verbs.Clear();
    }
}
