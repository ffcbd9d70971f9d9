using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>What happened to a learner's rights, from the blocks in which the learner occurs and no others.</summary>
public sealed class AccessHistoryTests
{
    private const string Verb = "https://example.org/verb/read";
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey other = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private long time;

    private SigningKey North => ledger.Identities[0];

    private SigningKey East => ledger.Identities[1];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        time = TestLedger.Time;
        Decide([East], Operations.PicCreate());
        foreach (SigningKey key in new[] { learner, other })
        {
            Decide([key], Operations.UicCreate());
            Decide([key, North], Operations.Enrol(key.Address, North.Address));
            Decide([North], Operations.LlpcCreate(key.Address, Verb));
        }
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        learner.Dispose();
        other.Dispose();
    }

    [Test]
    public void Every_act_is_told_and_what_time_has_ended_too()
    {
        Rights read = new() { Read = true };
        Decide([East], Operations.LlpcRequest(learner.Address, Verb, read, []));
        Decide([learner], Operations.LlpcDeny(learner.Address, Verb, 1));
        Decide([learner], Operations.LlpcGrant(learner.Address, Verb, East.Address, read, 0, time + Day, []));
        Decide([other], Operations.LlpcGrant(other.Address, Verb, East.Address, read, 0, 0, []));
        Decide([East], Operations.LlpcRequest(learner.Address, Verb, new Rights { Write = true }, []));
        time += 40 * Day;
        Decide([North], Operations.Settle());

        AccessPage page = Page(0);

        Assert.That(page.NextHeight, Is.Zero);
        Assert.That(page.Entries.Select(static one => one.Act), Is.EqualTo(new[]
        {
            AccessAct.Requested, AccessAct.Denied, AccessAct.Granted, AccessAct.Requested, AccessAct.Expired,
            AccessAct.RequestExpired,
        }).Or.EqualTo(new[]
        {
            AccessAct.Requested, AccessAct.Denied, AccessAct.Granted, AccessAct.Requested, AccessAct.RequestExpired,
            AccessAct.Expired,
        }));
        AccessEntry expired = page.Entries.Single(static one => one.Act == AccessAct.Expired);
        Assert.That(expired.Actor, Is.Empty, "time did it");
        Assert.That(expired.Subject.ToByteArray(), Is.EqualTo(East.Address.ToArray()));
        Assert.That(expired.TimeUnixMs, Is.EqualTo(blocks.Chain.Head.Header.TimeUnixMs));
        Assert.That(Page(expired.Height).Entries, Has.Count.EqualTo(2), "from a height on");
    }

    [Test]
    public void Blocks_in_which_the_learner_does_not_occur_are_not_read()
    {
        Decide([learner], Operations.LlpcGrant(
            learner.Address, Verb, East.Address, new Rights { Read = true }, 0, 0, []));
        Decide([North], Operations.Settle());
        using (DatabaseBatch batch = folder.Database.NewBatch())
        {
            batch.Delete(LedgerColumns.Results, LedgerDatabase.HeightKey(blocks.Chain.Head.Height));
            batch.Delete(LedgerColumns.Results, LedgerDatabase.HeightKey(1));
            folder.Database.Write(batch, synced: true);
        }

        Assert.That(Page(0).Entries.Select(static one => one.Act), Is.EqualTo(new[] { AccessAct.Granted }));
    }

    [Test]
    public void A_long_history_comes_in_pages_without_gap_or_double()
    {
        for (int round = 0; round < 510; round++)
        {
            Decide([learner], round % 2 == 0
                ? Operations.LlpcGrant(learner.Address, Verb, East.Address, new Rights { Read = true }, 0, 0, [])
                : Operations.LlpcRevoke(learner.Address, Verb, ((ulong)round / 2) + 1));
        }

        AccessPage first = Page(0);
        AccessPage second = Page(first.NextHeight);

        Assert.That(first.NextHeight, Is.Not.Zero);
        Assert.That(second.NextHeight, Is.Zero);
        Assert.That(first.Entries.Concat(second.Entries).Select(static one => one.Height), Is.Unique);
        Assert.That(first.Entries.Count + second.Entries.Count, Is.EqualTo(510));
    }

    private AccessPage Page(ulong from) => new AccessHistory(new ChainReader(folder.Database))
        .Page(learner.Address, from, blocks.Chain.Head.Height);

    private void Decide(SigningKey[] signers, params Operation[] operations)
    {
        time += 1_000;
        ParsedTransaction transaction = ledger.Signed(signers, operations);
        OperationResult result = OperationResult.Parser.ParseFrom(
            blocks.Decide(time, transaction).Result.Receipts[^1].Result.Span);
        Assert.That(result.Code, Is.EqualTo(ResultCode.Accepted));
    }
}
