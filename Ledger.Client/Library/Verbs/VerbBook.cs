using System.Collections.Immutable;
using Ledger.Client.Nodes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;

namespace Ledger.Client.Verbs;

/// <summary>
/// The ledger's verb registry: the standard table, what members have added, and which IRIs mean the same. Equivalents
/// widen a search; what may be read is decided by each exact IRI alone.
/// </summary>
public sealed class VerbBook
{
    /// <summary>IRIs of one search: more would be a mistake of those who voted.</summary>
    public const int EquivalentsMax = 256;

    private readonly SortedDictionary<string, SortedSet<string>> same = new(StringComparer.Ordinal);

    /// <summary>Takes what the ledger holds; equivalences that are closed do not count.</summary>
    public VerbBook(ulong version, IEnumerable<VerbEntry> added, IEnumerable<EquivalenceInstance> equivalences)
    {
        Version = version;
        Table = VerbTable.Standard.With(added.Select(
            static verb => new Verb((int)verb.Code, verb.Vocabulary, verb.Label, verb.Iri)));
        foreach (EquivalenceInstance one in equivalences.Where(static one => one.Interval is { ToHeight: 0 }))
        {
            Join(one.Pair.Iri, one.Pair.Other);
            Join(one.Pair.Other, one.Pair.Iri);
        }
    }

    /// <summary>The standard table alone, for whoever asks no node.</summary>
    public static VerbBook Standard { get; } = new(0, [], []);

    /// <summary>The version: 0 is the standard table, each change adds 1.</summary>
    public ulong Version { get; }

    /// <summary>All verbs with a code.</summary>
    public VerbTable Table { get; }

    /// <summary>The registry at a node's head.</summary>
    public static async Task<VerbBook> LoadAsync(LedgerClient client, CancellationToken cancellation)
    {
        ulong version = 0;
        List<VerbEntry> added = [];
        List<EquivalenceInstance> equivalences = [];
        await foreach (StateItem<VerbRegistry> item in client.ListAsync(
            StateKeys.Prefix(StateKind.VerbRegistry), VerbRegistry.Parser, cancellation).ConfigureAwait(false))
        {
            version = item.Value.Version;
        }

        await foreach (StateItem<RegisteredVerb> item in client.ListAsync(
            StateKeys.Prefix(StateKind.RegisteredVerb), RegisteredVerb.Parser, cancellation).ConfigureAwait(false))
        {
            added.Add(item.Value.Verb);
        }

        await foreach (StateItem<EquivalenceInstance> item in client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.Equivalence), EquivalenceInstance.Parser, cancellation).ConfigureAwait(false))
        {
            equivalences.Add(item.Value);
        }

        return new VerbBook(version, added, equivalences);
    }

    /// <summary>
    /// The IRI itself, then all that mean the same, through others too, in ordinal order; at most
    /// <see cref="EquivalentsMax"/>.
    /// </summary>
    public ImmutableArray<string> Equivalents(string iri)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        Queue<string> waiting = new([iri]);
        while (waiting.TryDequeue(out string? next) && found.Count < EquivalentsMax - 1)
        {
            foreach (string other in same.TryGetValue(next, out SortedSet<string>? others) ? others : [])
            {
                if (other != iri && found.Count < EquivalentsMax - 1 && found.Add(other))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return [iri, .. found];
    }

    private void Join(string iri, string other)
    {
        if (!same.TryGetValue(iri, out SortedSet<string>? others))
        {
            others = new SortedSet<string>(StringComparer.Ordinal);
            same.Add(iri, others);
        }

        others.Add(other);
    }
}
