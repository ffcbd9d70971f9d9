using System.Data.Common;
using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>
/// What statements have told of activities and agents: a definition is sealed under the store's own key, a name under
/// that of whom it names. Most statements tell what is known, so what was written last is remembered. Used inside the
/// writer's transactions; a transaction that fails is followed by <see cref="Forget"/>.
/// </summary>
internal sealed class SeenThings : IDisposable
{
    /// <summary>Activities and names remembered, then everything is forgotten: some 20 MB at most.</summary>
    private const int RememberedMax = 20_000;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> definitions = new(StringComparer.Ordinal);
    private readonly HashSet<SeenName> names = [];
    private readonly StoreSeals seals;
    private readonly PreparedStatement findDefinition;
    private readonly PreparedStatement writeDefinition;
    private readonly PreparedStatement writeName;

    public SeenThings(DbConnection connection, StoreSeals seals)
    {
        this.seals = seals;
        findDefinition = new PreparedStatement(
            connection, "SELECT definition FROM activities WHERE id = @id", "@id");
        writeDefinition = new PreparedStatement(
            connection,
            """
            INSERT INTO activities (id, definition) VALUES (@id, @definition)
            ON CONFLICT (id) DO UPDATE SET definition = excluded.definition
            """,
            "@id", "@definition");

        // A name that was sealed under a key that is erased by now is told again.
        writeName = new PreparedStatement(
            connection,
            """
            INSERT INTO agent_names (agent, name, content) VALUES (@agent, @name, @content)
            ON CONFLICT (agent, name) DO UPDATE SET content = excluded.content
            """,
            "@agent", "@name", "@content");
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
            Enter(transaction, name);
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

    private void Enter(DbTransaction transaction, SeenName name)
    {
        if (names.Count >= RememberedMax)
        {
            names.Clear();
        }

        if (names.Add(name))
        {
            SearchKey agent = seals.KeyOf(SearchKind.NamedAgent, name.Agent);
            SearchKey own = seals.KeyOf(SearchKind.AgentName, name.Name);
            byte[] content = seals.Seal(name.Agent, SealContexts.Name(agent, own), NameContent.ToBytes(name));
            writeName.Run(transaction, agent.ToArray(), own.ToArray(), content);
        }
    }

    private void Enter(DbTransaction transaction, SeenActivity activity)
    {
        if (definitions.TryGetValue(activity.Id, out ReadOnlyMemory<byte> last)
            && last.Span.SequenceEqual(activity.Definition.Span))
        {
            return;
        }

        SearchKey key = seals.KeyOf(SearchKind.DefinedActivity, activity.Id);
        byte[] context = SealContexts.Definition(key);
        // A damaged one counts as none: what is told now stands in its place.
        byte[]? known = findDefinition.Scalar(transaction, key.ToArray()) is byte[] found
            && seals.OpenUnlessDamaged(context, found) is { IsKeyErased: false } opened
                ? opened.Bytes
                : null;
        ReadOnlyMemory<byte> merged =
            known is null ? activity.Definition : DefinitionMerge.Merge(known, activity.Definition);
        if (known is null || !merged.Span.SequenceEqual(known))
        {
            writeDefinition.Run(
                transaction, key.ToArray(), seals.Seal(PersonKeys.Store, context, merged.Span));
        }

        if (definitions.Count >= RememberedMax)
        {
            definitions.Clear();
        }

        definitions[activity.Id] = activity.Definition;
    }
}
