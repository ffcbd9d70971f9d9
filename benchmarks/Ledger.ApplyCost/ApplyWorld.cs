using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;
using BlockHeader = Ledger.Consensus.BlockHeader;
using Certificate = Ledger.Consensus.Certificate;
using Validator = Ledger.Consensus.Validator;
using ValidatorSet = Ledger.Consensus.ValidatorSet;
using VoteKind = Ledger.Consensus.VoteKind;

namespace Ledger.ApplyCost;

/// <summary>
/// A school with many learners, each with a contract for each of the verbs, and as many records as wanted.
/// </summary>
internal sealed class ApplyWorld : IDisposable
{
    public const int VerbsCount = 20;

    private const long StartMs = 1_700_000_000_000;
    private const int GroupsOfTransaction = 256;
    private const int RecordsOfFilling = 32;

    private readonly string folder;
    private readonly LedgerDatabase database;
    private readonly ChainWriter writer;
    private readonly PublicKeyBytes school = KeyOf(0);
    private readonly PublicKeyBytes[] learners;
    private readonly string[] verbs =
        [.. Enumerable.Range(0, VerbsCount).Select(number => $"http://adlnet.gov/expapi/verbs/verb{number}")];
    private readonly Random random = new(3);
    private RecordIndex? index;
    private RecentHeads heads = RecentHeads.Of(0, Hash256.Zero);
    private ulong height;
    private ulong randomPart;
    private ulong statement;

    /// <summary>A world in a folder of its own, which is removed with it.</summary>
    public ApplyWorld(int learnersCount)
        : this(learnersCount, Directory.CreateTempSubdirectory("apply-cost-").FullName)
    {
    }

    /// <summary>A world in a new folder, which is removed with it.</summary>
    public ApplyWorld(int learnersCount, string folder)
    {
        this.folder = folder;
        database = LedgerDatabase.Open(DataFolder);
        writer = new ChainWriter(database);
        learners = [.. Enumerable.Range(1, learnersCount).Select(number => KeyOf((ulong)number))];
        Genesis genesis = new() { Version = 1, Name = "apply cost", TimeUnixMs = StartMs };
        genesis.Founders.Add(new Founder
        {
            Name = "school",
            Domain = "school.example",
            Kind = InstitutionKind.LearningProvider,
            IdentityKey = school.ToField(),
            VoteKey = KeyOf(ulong.MaxValue).ToField(),
        });
        GenesisState state = GenesisState.Build(genesis.ToByteArray());
        ChainId = state.ChainId;
        State = state.State;
        Apply([Read([school], [[new Operation { PicCreate = new PicCreate() }]])]);
        foreach (PublicKeyBytes[] some in learners.Chunk(100))
        {
            Apply([.. some.Select(Begin)]);
        }
    }

    public Hash256 ChainId { get; }

    public LedgerState State { get; private set; }

    public long Records { get; private set; }

    /// <summary>Where the store is.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    public void FillTo(long records)
    {
        while (Records < records)
        {
            Apply(Insertions(20, 100, RecordsOfFilling));
        }
    }

    /// <summary>Transactions of random learners and verbs, one operation a group.</summary>
    public ParsedTransaction[] Insertions(int transactions, int operations, int recordsOfOperation) =>
        [.. Enumerable.Range(0, transactions).Select(_ => Read(
            [school],
            [.. Enumerable.Range(0, operations).Select(_ => new[] { Insertion(recordsOfOperation) })]))];

    /// <summary>A signed transaction of such insertions as it comes over the wire; its signature is nobody's.</summary>
    public byte[] SignedInsertions(int operations) => Signed(
        [school], [.. Enumerable.Range(0, operations).Select(_ => new[] { Insertion(records: 1) })]);

    /// <summary>Writes a batch and waits until it is on disk, as a node does when it commits a block.</summary>
    public void Write(DatabaseBatch batch) => database.Write(batch, synced: true);

    /// <summary>Writes a batch without waiting for the disk: for what is filled in.</summary>
    public void WriteUnsynced(DatabaseBatch batch) => database.Write(batch, synced: false);

    /// <summary>From now on every locator is looked up in the store, where all batches are to be written.</summary>
    public void LookUpRecords() => index = new RecordIndex(database);

    /// <summary>Looks a random record of the ledger up by its locator, as an insertion does.</summary>
    public void FindRandomRecord()
    {
        ulong number = 1 + (ulong)random.NextInt64((long)statement);
        RecordIndexKey key = new(Address.Of(school), 1, BinaryPrimitives.ReadUInt128BigEndian(IdOf(number)));
        Invariant.That(index!.Find(key) is not null, "what was committed is found");
    }

    /// <summary>Applies a block, and puts what follows from it into a batch as a node does.</summary>
    public DatabaseBatch ApplyToBatch(ParsedTransaction[] transactions)
    {
        BlockResult result = Apply(transactions);
        ValidatorSet set = ValidatorSet.Of(
            result.NextValidators.Select(static seat => new Validator(seat.Address, seat.VoteKey)));
        ProposalBlock block = ProposalBlock.Of(
            new BlockHeader
            {
                Height = height,
                Epoch = 0,
                ParentHash = Hash256.Zero,
                TimeUnixMs = StartMs + (long)height,
                TransactionRoot = result.TransactionRoot,
                ReceiptRoot = result.ReceiptRoot,
                StateRoot = result.StateRoot,
                ValidatorsHash = set.Hash,
                NextValidatorsHash = set.Hash,
            },
            [.. transactions.Select(static transaction => transaction.Leaf)]);
        DatabaseBatch batch = database.NewBatch();
        writer.Write(
            batch,
            new ExecutedBlock(block, transactions, result, set),
            new Certificate(VoteKind.Commit, 0, height, 0, block.Hash, []));
        return batch;
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private BlockResult Apply(ParsedTransaction[] transactions)
    {
        height++;
        BlockResult result = BlockExecutor.Execute(
            State,
            index is null ? NoRecords.Instance : new ExpectedRecords(index, transactions),
            new BlockContext(height, StartMs + (long)height, ChainId, heads),
            transactions);
        Invariant.That(result.TransactionCount == transactions.Length, "the block is within its work");
        State = result.State;
        heads = heads.With(Hash256.Zero);
        Records += result.Leaves.Count;
        return result;
    }

    public StateKey RandomRange() => StateKeys.RecordRange(
        new LlpcName(Address.Of(learners[random.Next(learners.Length)]), verbs[random.Next(VerbsCount)]),
        Address.Of(school));

    private ParsedTransaction Begin(PublicKeyBytes learner)
    {
        ByteString address = Address.Of(learner).ToField();
        List<Operation[]> groups =
        [
            [new Operation { Actor = 1, UicCreate = new UicCreate() }],
            [new Operation { Enrol = new Enrol { Learner = address, Institution = Address.Of(school).ToField() } }],
        ];
        groups.AddRange(verbs.Select(verb => new Operation[]
        {
            new() { LlpcCreate = new LlpcCreate { Learner = address, Verb = verb } },
            new() { UicInsert = new UicInsert { Learner = address, Verb = verb } },
            new() { PicInsert = new PicInsert { Learner = address, Verb = verb } },
        }));
        return Read([school, learner], [.. groups]);
    }

    private Operation Insertion(int records)
    {
        LlpcInsert insert = new()
        {
            Learner = Address.Of(learners[random.Next(learners.Length)]).ToField(),
            Verb = verbs[random.Next(VerbsCount)],
        };
        for (int place = 0; place < records; place++)
        {
            byte[] id = IdOf(++statement);
            insert.Records.Add(new RecordEntry
            {
                Locator = new Locator
                {
                    Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = UnsafeByteOperations.UnsafeWrap(id),
                },
                Commitment = TaggedHash.Of("bench/commitment"u8, id).ToField(),
            });
        }

        return new Operation { LlpcInsert = insert };
    }

    private static byte[] IdOf(ulong number)
    {
        byte[] id = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, unchecked(number * 0x9E3779B97F4A7C15));
        return id;
    }

    private ParsedTransaction Read(PublicKeyBytes[] signers, Operation[][] groups)
    {
        TransactionReading reading = TransactionReader.Read(
            Signed(signers, groups), ChainId, new TrustingVerifier());
        Invariant.That(reading.IsRead, "the benchmark's transactions are well formed");
        return reading.Transaction;
    }

    private byte[] Signed(PublicKeyBytes[] signers, Operation[][] groups)
    {
        byte[] unique = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(unique, ++randomPart);
        TransactionBody body = new()
        {
            Version = 1, Random = ByteString.CopyFrom(unique), LastValidUnixMs = StartMs + 60_000,
        };
        body.Signers.AddRange(signers.Select(key =>
            new Signer { Address = Address.Of(key).ToField(), PublicKey = key.ToField() }));
        Invariant.That(groups.Length <= GroupsOfTransaction, "a transaction within its limits");
        foreach (Operation[] operations in groups)
        {
            Group group = new();
            group.Operations.AddRange(operations);
            body.Groups.Add(group);
        }

        SignedTransaction signed = new() { Body = body.ToByteString() };
        signed.Signatures.AddRange(signers.Select(_ => ByteString.CopyFrom(new byte[64])));
        return signed.ToByteArray();
    }

    private static PublicKeyBytes KeyOf(ulong number)
    {
        byte[] seed = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(seed, number);
        return new PublicKeyBytes(TaggedHash.Of("bench/key"u8, seed).ToArray());
    }
}
