using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Cohorts;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Node.Research;
using Ledger.Node.Tests.Box;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Cohorts;

/// <summary>North with many learners, their records on its chain and in its store, and its box for counts.</summary>
internal sealed class CohortBench : IDisposable
{
    public const string Verb = Statements.Viewed;

    /// <summary>2019-06-03, the day of the first record of each learner.</summary>
    public const long FirstDay = 18_050;

    private readonly DatabaseFolder folder = new();
    private readonly StoreFolder files = new();
    private readonly ChainBuilder blocks;
    private readonly RecordStore store;
    private readonly CustodyStore custody;
    private readonly List<SigningKey> learners = [];
    private readonly RequestMarks marks;
    private readonly BoxRequestMemory seen;
    private CohortMemory memory;
    private ResearchMemory research;
    private long time = TestLedger.Time;
    private int stored;

    public CohortBench()
    {
        blocks = new ChainBuilder(Ledger, folder);
        store = files.Open();
        custody = new CustodyStore(Path.ChangeExtension(files.File, "custody"), files.Keys);
        Source = new ChangedSource(new EmbeddedSource(North.Address, store, custody));
        memory = new CohortMemory(MemoryFile, files.Keys);
        research = new ResearchMemory(ResearchFile, files.Keys);
        marks = new RequestMarks(Path.ChangeExtension(files.File, "marks"));
        seen = new BoxRequestMemory(marks, files.Clock);
        Decide([North], Operations.PicCreate());
    }

    public TestLedger Ledger { get; } = TestLedger.OfFixedKeys();

    public SigningKey North => Ledger.Identities[0];

    public SigningKey East => Ledger.Identities[1];

    public ChangedSource Source { get; }

    public IReadOnlyList<SigningKey> Learners => learners;

    public CohortMemory Memory => memory;

    /// <summary>The fewest learners of an answer; 0 for none.</summary>
    public int LearnersMin { get; set; } = CohortLimits.LearnersMinUsual;

    /// <summary>Whether the node can tell that it is up to date.</summary>
    public bool IsFresh { get; set; } = true;

    /// <summary>What was exported for research.</summary>
    public ResearchMemory Research => research;

    private string ResearchFile => Path.ChangeExtension(files.File, "research");

    private string MemoryFile => Path.ChangeExtension(files.File, "cohorts");

    /// <summary>Enrols learners, each with records about an activity on days from the first one on.</summary>
    public void Enrol(int count, int records, string activity = "urn:course")
    {
        for (int number = 0; number < count; number++)
        {
            SigningKey learner = TestLedger.FixedKey(100 + learners.Count);
            learners.Add(learner);
            Decide([learner], Operations.UicCreate());
            Decide([North, learner], Operations.Enrol(learner.Address, North.Address));
            Decide(
                [North],
                Operations.LlpcCreate(learner.Address, Verb),
                Operations.UicInsert(learner.Address, Verb),
                Operations.PicInsert(learner.Address, Verb));
            Anchor(learner, Enumerable.Range(0, records), activity);
        }
    }

    /// <summary>Stores and anchors a learner's records of days after the first one.</summary>
    public void Anchor(SigningKey learner, IEnumerable<int> days, string activity = "urn:course")
    {
        int place = learners.IndexOf(learner);
        IntakeRecord[] taken = [.. days.Select(day => Record(++stored, $"student-{place}", day, activity))];
        store.AddAll(taken, "moodle");
        Decide([North], Operations.LlpcInsert(learner.Address, Verb, taken.Select(EntryOf)));
    }

    /// <summary>The members upgrade the rules to those of erasing.</summary>
    public void Upgrade()
    {
        SigningKey[] seats = Ledger.Identities[..3];
        Decide([seats[0]], Operations.MeasurePropose(new Measure
        {
            Upgrade = new UpgradeRules { Version = RulesVersions.Erasure, Height = blocks.Chain.Head.Height + 1 },
        }));
        Decide([seats[1]], Operations.MeasureVote(1, true));
        Decide([seats[2]], Operations.MeasureVote(1, true));
        foreach (SigningKey seat in seats)
        {
            Decide([seat], Operations.AnnounceVersion(RulesVersions.Erasure));
        }

        Decide([seats[0]], Operations.Settle());
    }

    /// <summary>A learner's record at a place is erased: from the store, and by a tombstone.</summary>
    public void Erase(SigningKey learner, ulong index)
    {
        LlpcName llpc = new(learner.Address, Verb);
        IReadOnlyList<IRangeLeaf> leaves = new ChainReader(folder.Database).Records(
            llpc, North.Address, blocks.Chain.Head.State.RecordRange(llpc, North.Address).Count);
        RecordLeaf leaf = (RecordLeaf)leaves[(int)index];
        store.Erase([RecordLocator.Of(leaf.Locator)]);
        Decide([North], Operations.LlpcErase(
            learner.Address,
            Verb,
            [leaf],
            new RangeProver([.. leaves.Select(static one => one.LeafHash)]).ProveAll([index])));
    }

    /// <summary>Decides a block a tenth of a second after the one before; the box's clock moves with it.</summary>
    public void Decide(SigningKey[] signers, params Operation[] operations)
    {
        time += 100;
        blocks.Decide(time, Ledger.Signed(signers, operations));
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
    }

    public static CohortQuestion Question(long fromDay = 0, long untilDay = 0, params string[] activities)
    {
        CohortQuestion question = new() { Verb = Verb, FromDay = fromDay, UntilDay = untilDay };
        question.Activities.AddRange(activities);
        return question;
    }

    /// <summary>Asks, and checks what is answered.</summary>
    public async Task<(CohortBody? Answer, BoxRefusal? Refusal)> AskAsync(
        CohortQuestion question, SigningKey? by = null, string purpose = "a study")
    {
        CohortAsker asker = Asker(by ?? East);
        CohortRequest request = asker.Sign(North.Address, purpose, question);
        (CohortAnswer? answer, BoxRefusal? refusal) = await Box().AnswerAsync(request, CancellationToken.None);
        return (answer is null ? null : asker.Check(North.Address, request, answer, North.PublicKey), refusal);
    }

    public CohortAsker Asker(SigningKey key) => new(new CallerIdentity(key.Address, key), Ledger.ChainId, files.Clock);

    /// <summary>The box as it is now.</summary>
    public CohortCounts Box()
    {
        ChainReader reader = new(folder.Database);
        return new CohortCounts(
            Ledger.ChainId, North, blocks.Chain,
            () => Task.FromResult<LedgerHead?>(IsFresh ? blocks.Chain.Head : null),
            new CohortScan(North.Address, reader, Source), memory, seen, LearnersMin, Ed25519Verifier.Instance,
            files.Clock, NullLogger.Instance);
    }

    /// <summary>Makes a table for a project.</summary>
    public Task<ResearchTable> ExportAsync(string project, long fromDay = 0, long untilDay = 0) =>
        ExportAsync(new ResearchRequest
        {
            Project = project, Purpose = "a study", FromDay = fromDay, UntilDay = untilDay,
        });

    public Task<ResearchTable> ExportAsync(ResearchRequest request) => new ResearchExports(
        blocks.Chain, new ResearchScan(North.Address, new ChainReader(folder.Database), Source), research,
        CohortLimits.LearnersMinUsual, files.Clock).MakeAsync(request, CancellationToken.None);

    /// <summary>Opens what is remembered anew, as after a restart.</summary>
    public void Restart()
    {
        memory.Dispose();
        memory = new CohortMemory(MemoryFile, files.Keys);
        research.Dispose();
        research = new ResearchMemory(ResearchFile, files.Keys);
    }

    public void Dispose()
    {
        memory.Dispose();
        research.Dispose();
        marks.Dispose();
        custody.Dispose();
        store.Dispose();
        files.Dispose();
        folder.Dispose();
        learners.ForEach(static key => key.Dispose());
        Ledger.Dispose();
    }

    private static IntakeRecord Record(int number, string student, int day, string activity)
    {
        JsonObject statement = Statements.Statement(number, student);
        statement["timestamp"] = DateTimeOffset.UnixEpoch.AddDays(FirstDay + day).AddHours(9)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        statement["object"]!["id"] = activity;
        return Statements.Read(statement.ToJsonString());
    }

    private RecordEntry EntryOf(IntakeRecord record)
    {
        StoredRecord kept = store.Find(RecordType.XapiStatement, record.Id)!;
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1,
                QueryTemplate = LocatorKey.StatementByIdTemplate,
                KeyVersion = kept.LocatorKeyVersion,
                HashedId = ByteString.CopyFrom(kept.HashedId.ToArray()),
            },
            Commitment = ByteString.CopyFrom(kept.Commitment.ToArray()),
        };
    }
}
