using System.Diagnostics.CodeAnalysis;
using Ledger.Benchmarks.Running;
using Ledger.Client.Transactions;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Payload;

/// <summary>
/// Transactions of a school, signed before they are needed: the load generator shares its processors with the nodes,
/// and signing is no part of what is measured. Each bears one signature.
/// </summary>
public sealed class TransactionSupply(
    SchoolWorld world, Hash256 chainId, RecordInsertions insertions, TransactionShape shape)
{
    private readonly Lock gate = new();
    private readonly Queue<PreparedTransaction> ready = new();

    /// <summary>What the transactions are about.</summary>
    public SchoolWorld World => world;

    /// <summary>The institution that signs.</summary>
    public BenchmarkMember School => world.School;

    /// <summary>An empty supply of the same school with another number of insertions in each.</summary>
    public TransactionSupply WithBatch(int other, ulong seed) => new(
        world, chainId, new RecordInsertions(seed, world.Learners, world.Verbs),
        new TransactionShape(other, RecordsOfInsertion: 1));

    /// <summary>How many are ready.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return ready.Count;
            }
        }
    }

    /// <summary>Ids of what is ready, in order.</summary>
    public IReadOnlyList<Hash256> Ids()
    {
        lock (gate)
        {
            return [.. ready.Select(transaction => transaction.Id)];
        }
    }

    /// <summary>Takes the next one.</summary>
    public bool TryTake([NotNullWhen(true)] out PreparedTransaction? transaction)
    {
        lock (gate)
        {
            return ready.TryDequeue(out transaction);
        }
    }

    /// <summary>A supply of transactions of another shape by the same school, whose records are others too.</summary>
    public TransactionSupply Shaped(TransactionShape other) => new(world, chainId, insertions, other);

    /// <summary>Forgets what is ready, and prepares so many anew on all processors.</summary>
    public void Renew(int count, CancellationToken cancellation)
    {
        lock (gate)
        {
            ready.Clear();
        }

        Add(count, cancellation);
    }

    /// <summary>Prepares so many more on all processors.</summary>
    public void Add(int count, CancellationToken cancellation)
    {
        long lastValidUnixMs = TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow());
        PreparedTransaction[] prepared = new PreparedTransaction[count];
        Parallel.For(
            0, count, new ParallelOptions { CancellationToken = cancellation },
            place => prepared[place] = Prepare(lastValidUnixMs));
        lock (gate)
        {
            foreach (PreparedTransaction transaction in prepared)
            {
                ready.Enqueue(transaction);
            }
        }
    }

    private PreparedTransaction Prepare(long lastValidUnixMs)
    {
        TransactionBuilder builder = new(chainId, lastValidUnixMs);
        int actor = builder.AddSigner(School.Address, School.Key.PublicKey);
        for (int place = 0; place < shape.Insertions; place++)
        {
            builder.AddGroup(actor, insertions.Next(shape.RecordsOfInsertion));
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(School.Key);
        return new PreparedTransaction(transaction.Id, transaction.ToSignedBytes(), shape.Records);
    }
}
