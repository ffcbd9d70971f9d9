using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Answers questions about blocks and transactions.</summary>
public sealed class BlockQueries(ChainState chain, ChainReader reader)
{
    /// <summary>A decided block.</summary>
    public BlockView Block(ulong height, bool withTransactions)
    {
        LedgerHead head = chain.Head;
        if (height == 0 || height > head.Height)
        {
            throw Refusals.NotFound(height == 0
                ? "height 0 is the genesis document, not a block"
                : $"there is no block {height} yet; the head is {head.Height}");
        }

        RequireHeld(height);

        StoredBlock stored = reader.Block(height)
            ?? throw new InvalidOperationException($"block {height} is not on disk");
        BlockView view = new()
        {
            Header = stored.Block.Proposal.Header,
            Certificate = stored.Block.Certificate,
            BlockHash = stored.Block.Certificate.BlockHash,
            Operations = (ulong)(reader.Results(height)?.Results.Count ?? 0),
        };
        for (int place = 0; place < stored.TransactionIds.Length; place += Hash256.Size)
        {
            view.TransactionIds.Add(ByteString.CopyFrom(stored.TransactionIds.Span.Slice(place, Hash256.Size)));
        }

        if (withTransactions)
        {
            ReadOnlySpan<byte> leaves = stored.Block.Proposal.Leaves.Span;
            for (int place = 0; place < leaves.Length; place += Hash256.Size)
            {
                view.Transactions.Add(
                    SignedTransaction.Parser.ParseFrom(
                        reader.BodyOf(height, new Hash256(leaves.Slice(place, Hash256.Size)))));
            }
        }

        return view;
    }

    /// <summary>The result of every operation of a decided block, in the order of its receipt tree.</summary>
    public ResultList Results(ulong height)
    {
        if (height == 0 || height > chain.Head.Height)
        {
            throw Refusals.NotFound($"there is no block {height}; the head is {chain.Head.Height}");
        }

        RequireHeld(height);
        StoredBlock stored = reader.Block(height)
            ?? throw new InvalidOperationException($"block {height} is not on disk");
        StoredResults results = reader.Results(height)
            ?? throw new InvalidOperationException($"the results of block {height} are not on disk");
        ResultList list = new() { Header = stored.Block.Proposal.Header };
        foreach (StoredResult result in results.Results)
        {
            list.Results.Add(new PlacedResult
            {
                TransactionId = ByteString.CopyFrom(
                    stored.TransactionIds.Span.Slice((int)result.Transaction * Hash256.Size, Hash256.Size)),
                Group = result.Group,
                Operation = result.Operation,
                Result = result.Result,
            });
        }

        return list;
    }

    /// <summary>A decided transaction with its outcome.</summary>
    public TransactionView Transaction(Hash256 id, OutcomeTracker outcomes)
    {
        StoredPlace place = reader.Place(id) ?? throw Refusals.NotFound(
            $"no decided transaction {id}{reader.Reservation}");
        return new TransactionView
        {
            Transaction = SignedTransaction.Parser.ParseFrom(
                reader.BodyOf(place.Height, new Hash256(place.Leaf.Span))),
            Outcome = outcomes.Stored(id),
        };
    }

    /// <summary>Every block from a height on, in order and without gaps, then each new one as it is decided.</summary>
    public async Task WatchAsync(ulong from, IServerStreamWriter<BlockSummary> answers, CancellationToken cancellation)
    {
        // A signal that is full says enough; nothing is disposed, for the chain may still call after the watcher has
        // left.
        Channel<bool> changed = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        RequireHeld(Math.Max(1, from));
        void OnDecided(ExecutedBlock block) => changed.Writer.TryWrite(true);
        chain.Decided += OnDecided;
        try
        {
            for (ulong height = Math.Max(1, from); ; height++)
            {
                while (chain.Head.Height < height)
                {
                    await changed.Reader.ReadAsync(cancellation);
                }

                await answers.WriteAsync(Summary(height), cancellation);
            }
        }
        finally
        {
            chain.Decided -= OnDecided;
        }
    }

    private void RequireHeld(ulong height)
    {
        if (height < reader.FirstBlock)
        {
            throw Refusals.NotFound(
                $"this node began with a snapshot and holds blocks from height {reader.FirstBlock} on; "
                + $"ask another institution's node for block {height}");
        }
    }

    private BlockSummary Summary(ulong height)
    {
        StoredBlock stored = reader.Block(height)
            ?? throw new InvalidOperationException($"block {height} is not on disk");
        return new BlockSummary
        {
            Header = stored.Block.Proposal.Header,
            Certificate = stored.Block.Certificate,
            BlockHash = stored.Block.Certificate.BlockHash,
            Transactions = (uint)(stored.TransactionIds.Length / Hash256.Size),
        };
    }
}
