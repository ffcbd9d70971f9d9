using System.IO.Compression;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Determinism.Story;

/// <summary>
/// A chain in a file: the bytes that were decided once, and the roots that every program must find in them for ever.
/// </summary>
public sealed record RecordedChain(byte[] Genesis, IReadOnlyList<RecordedBlock> Blocks)
{
    private const uint Magic = 0x4c43_4831;

    /// <summary>The chain of a seed.</summary>
    public static RecordedChain Of(ulong seed, int count)
    {
        LedgerStory story = new(seed);
        List<RecordedBlock> blocks = [];
        while (blocks.Count < count)
        {
            (ParsedTransaction[] transactions, BlockResult result) = story.Next();
            blocks.Add(new RecordedBlock(
                story.Ledger.TimeMs,
                [.. transactions.Select(static one => one.SignedBytes.ToArray())],
                result.StateRoot,
                result.ReceiptRoot));
        }

        return new RecordedChain(Google.Protobuf.MessageExtensions.ToByteArray(story.Genesis), blocks);
    }

    /// <summary>Reads a file.</summary>
    public static RecordedChain Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using BrotliStream unpacked = new(file, CompressionMode.Decompress);
        using BinaryReader reader = new(unpacked);
        Invariant.That(reader.ReadUInt32() == Magic, "a recorded chain");
        byte[] genesis = reader.ReadBytes(reader.ReadInt32());
        RecordedBlock[] blocks = new RecordedBlock[reader.ReadInt32()];
        for (int place = 0; place < blocks.Length; place++)
        {
            long time = reader.ReadInt64();
            byte[][] transactions = new byte[reader.ReadInt32()][];
            for (int number = 0; number < transactions.Length; number++)
            {
                transactions[number] = reader.ReadBytes(reader.ReadInt32());
            }

            blocks[place] = new RecordedBlock(
                time, transactions, new Hash256(reader.ReadBytes(32)), new Hash256(reader.ReadBytes(32)));
        }

        return new RecordedChain(genesis, blocks);
    }

    /// <summary>Writes a file.</summary>
    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        using BrotliStream packed = new(file, CompressionLevel.SmallestSize);
        using BinaryWriter writer = new(packed);
        writer.Write(Magic);
        writer.Write(Genesis.Length);
        writer.Write(Genesis);
        writer.Write(Blocks.Count);
        foreach (RecordedBlock block in Blocks)
        {
            writer.Write(block.TimeUnixMs);
            writer.Write(block.Transactions.Count);
            foreach (byte[] transaction in block.Transactions)
            {
                writer.Write(transaction.Length);
                writer.Write(transaction);
            }

            writer.Write(block.StateRoot.ToArray());
            writer.Write(block.ReceiptRoot.ToArray());
        }
    }

    /// <summary>Executes it again, and gives what each height gives now.</summary>
    public IEnumerable<(RecordedBlock Recorded, BlockResult Result, IReadOnlyList<ParsedTransaction> Transactions)>
        Replay()
    {
        GenesisState genesis = GenesisState.Build(Genesis);
        TestRecords records = new();
        RecentHeads heads = RecentHeads.Of(0, TestLedger.HashOfBlock(0));
        Contracts.State.LedgerState state = genesis.State;
        ulong height = 0;
        foreach (RecordedBlock block in Blocks)
        {
            height++;
            ParsedTransaction[] transactions = [.. block.Transactions.Select(bytes =>
                TransactionReader.Read(bytes, genesis.ChainId, new TestSignatures()).Transaction!)];
            BlockContext context = new(height, block.TimeUnixMs, genesis.ChainId, heads);
            BlockResult result = BlockExecutor.Execute(state, records, context, transactions);
            yield return (block, result, transactions);
            state = result.State;
            records.Add(result.Records);
            records.Remove(result.Erased);
            heads = heads.With(TestLedger.HashOfBlock(height));
        }
    }
}
