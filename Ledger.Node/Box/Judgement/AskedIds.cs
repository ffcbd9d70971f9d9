using Ledger.Contracts.Protos;

namespace Ledger.Node.Box;

/// <summary>
/// What became of the ids that a reader named. What its limits do not cover is unknown to it, as is what there is not.
/// </summary>
public sealed class AskedIds(IReadOnlyList<string> ids)
{
    private readonly Dictionary<string, AskedState> states = new(StringComparer.Ordinal);

    /// <summary>Ids of which nothing is known yet, in order.</summary>
    public IEnumerable<string> Open => ids.Where(id => !states.ContainsKey(id));

    /// <summary>Says what became of one; what was returned stays so.</summary>
    public void Tell(string id, AskedState state)
    {
        if (states.GetValueOrDefault(id) != AskedState.Returned)
        {
            states[id] = state;
        }
    }

    /// <summary>All of them in order; those of which nothing is known are unknown.</summary>
    public IEnumerable<AskedRecord> Answers() => ids.Select(id => new AskedRecord
    {
        Id = id, State = states.GetValueOrDefault(id, AskedState.Unknown),
    });
}
