using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// What statements have told of activities and agents. Most statements tell what is known, so what was written last is
/// remembered. Used inside the writer's transactions; a transaction that fails is followed by <see cref="Forget"/>.
/// </summary>
internal sealed class SeenThings : IDisposable
{
    /// <summary>Activities and names remembered, then everything is forgotten: some 20 MB at most.</summary>
    private const int RememberedMax = 20_000;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> definitions = new(StringComparer.Ordinal);
    private readonly HashSet<SeenName> names = [];
    private readonly PreparedStatement findDefinition;
    private readonly PreparedStatement writeDefinition;
    private readonly PreparedStatement writeName;

    public SeenThings(DbConnection connection)
    {
        findDefinition = new PreparedStatement(
            connection, "SELECT definition FROM activities WHERE id = @id", "@id");
        writeDefinition = new PreparedStatement(
            connection,
            """
            INSERT INTO activities (id, definition) VALUES (@id, @definition)
            ON CONFLICT (id) DO UPDATE SET definition = excluded.definition
            """,
            "@id", "@definition");
        writeName = new PreparedStatement(
            connection,
            "INSERT INTO agent_names (agent, name) VALUES (@agent, @name) ON CONFLICT DO NOTHING",
            "@agent", "@name");
    }

    /// <summary>Writes down what a statement tells that was not known.</summary>
    public void Enter(DbTransaction transaction, StatementFacts facts)
    {
        foreach (SeenActivity activity in facts.Activities)
        {
            Enter(transaction, activity);
        }

        foreach (SeenName name in facts.Names)
        {
            if (names.Count >= RememberedMax)
            {
                names.Clear();
            }

            if (names.Add(name))
            {
                writeName.Run(transaction, name.Agent, name.Name);
            }
        }
    }

    /// <summary>What is remembered may not have been written.</summary>
    public void Forget()
    {
        definitions.Clear();
        names.Clear();
    }

    public void Dispose()
    {
        findDefinition.Dispose();
        writeDefinition.Dispose();
        writeName.Dispose();
    }

    private void Enter(DbTransaction transaction, SeenActivity activity)
    {
        if (definitions.TryGetValue(activity.Id, out ReadOnlyMemory<byte> last)
            && last.Span.SequenceEqual(activity.Definition.Span))
        {
            return;
        }

        byte[]? known = findDefinition.Scalar(transaction, activity.Id) as byte[];
        ReadOnlyMemory<byte> merged =
            known is null ? activity.Definition : DefinitionMerge.Merge(known, activity.Definition);
        if (known is null || !merged.Span.SequenceEqual(known))
        {
            writeDefinition.Run(transaction, activity.Id, merged.ToArray());
        }

        if (definitions.Count >= RememberedMax)
        {
            definitions.Clear();
        }

        definitions[activity.Id] = activity.Definition;
    }
}
