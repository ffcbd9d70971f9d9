using Ledger.Primitives;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Worlds;

/// <summary>All transactions of a run, numbered as they are made.</summary>
public sealed class TransactionRegistry(ulong seed)
{
    /// <summary>How many clients there are.</summary>
    public const int Clients = 4;

    private readonly List<SimulatedTransaction> all = [];
    private readonly Dictionary<Hash256, SimulatedTransaction> byLeaf = [];

    /// <summary>How many there are.</summary>
    public int Count => all.Count;

    /// <summary>A transaction by its number.</summary>
    public SimulatedTransaction this[int id] => all[id];

    /// <summary>A transaction by its leaf, or null for a leaf that no client ever sent.</summary>
    public SimulatedTransaction? Find(Hash256 leaf) => byLeaf.GetValueOrDefault(leaf);

    /// <summary>Makes one.</summary>
    public SimulatedTransaction Add(int client, SeatChange? change)
    {
        int id = all.Count;
        SimulatedTransaction made = new(id, Mix64.Name(seed, (ulong)id), client, change);
        all.Add(made);
        byLeaf.Add(made.Leaf, made);
        return made;
    }
}
