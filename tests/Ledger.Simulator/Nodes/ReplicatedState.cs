using Ledger.Primitives;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Nodes;

/// <summary>
/// What blocks change: the transactions that were committed, in buckets whose hashes the state root covers, and the
/// seats. A copy is what a snapshot carries.
/// </summary>
public sealed class ReplicatedState
{
    /// <summary>Parts that a snapshot is cut into.</summary>
    public const int Buckets = 8;

    private readonly List<int>[] members;
    private readonly ulong[] hashes;
    private readonly HashSet<int> committed;

    /// <summary>The state of height 0.</summary>
    public ReplicatedState(ulong seats)
    {
        Seats = seats;
        members = new List<int>[Buckets];
        hashes = new ulong[Buckets];
        committed = [];
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            members[bucket] = [];
        }
    }

    /// <summary>A state from the parts of a snapshot.</summary>
    public ReplicatedState(ulong seats, IReadOnlyList<IReadOnlyList<int>> parts)
        : this(seats)
    {
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            foreach (int id in parts[bucket])
            {
                AddTo(bucket, id);
            }
        }
    }

    /// <summary>Who has a seat from the next height on.</summary>
    public ulong Seats { get; private set; }

    /// <summary>The root of this state.</summary>
    public Hash256 Root => RootOf(hashes, Seats);

    /// <summary>Whether a transaction was committed.</summary>
    public bool Has(int id) => committed.Contains(id);

    /// <summary>The transactions of a bucket, in the order in which they were committed.</summary>
    public IReadOnlyList<int> PartOf(int bucket) => members[bucket];

    /// <summary>The hashes of the buckets.</summary>
    public IReadOnlyList<ulong> Hashes => hashes;

    /// <summary>The hash of a bucket with these transactions.</summary>
    public static ulong HashOf(IReadOnlyList<int> part)
    {
        ulong hash = 0;
        foreach (int id in part)
        {
            hash = Mix64.Of(hash, (ulong)id);
        }

        return hash;
    }

    /// <summary>The root that covers buckets of these hashes and these seats.</summary>
    public static Hash256 RootOf(IReadOnlyList<ulong> hashes, ulong seats)
    {
        ulong mixed = seats;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            mixed = Mix64.Of(mixed, hashes[bucket]);
        }

        return Mix64.Name(mixed, 0);
    }

    /// <summary>The root and the seats after some more transactions, which change nothing yet.</summary>
    public (Hash256 Root, ulong Seats) After(IReadOnlyList<SimulatedTransaction> transactions, int seatsMin)
    {
        ulong[] next = [.. hashes];
        foreach (SimulatedTransaction one in transactions)
        {
            int bucket = one.Id % Buckets;
            next[bucket] = Mix64.Of(next[bucket], (ulong)one.Id);
        }

        ulong seats = SeatsAfter(transactions, seatsMin);
        return (RootOf(next, seats), seats);
    }

    /// <summary>Takes the transactions of a decided block.</summary>
    public void Apply(IReadOnlyList<SimulatedTransaction> transactions, int seatsMin)
    {
        Seats = SeatsAfter(transactions, seatsMin);
        foreach (SimulatedTransaction one in transactions)
        {
            AddTo(one.Id % Buckets, one.Id);
        }
    }

    /// <summary>A copy that later blocks do not change.</summary>
    public ReplicatedState Copy() => new(Seats, members);

    // At most one change of the set a block: the first that fits.
    private ulong SeatsAfter(IReadOnlyList<SimulatedTransaction> transactions, int seatsMin)
    {
        foreach (SimulatedTransaction one in transactions)
        {
            if (one.Change is SeatChange change && change.Apply(Seats, seatsMin) is ulong seats && seats != Seats)
            {
                return seats;
            }
        }

        return Seats;
    }

    private void AddTo(int bucket, int id)
    {
        members[bucket].Add(id);
        hashes[bucket] = Mix64.Of(hashes[bucket], (ulong)id);
        committed.Add(id);
    }
}
