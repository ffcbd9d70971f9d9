using System.Security.Cryptography;
using System.Text;
using Ledger.Client.Claims;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Anchoring;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Anchoring;

/// <summary>A learner enrols at two schools by their codes, and each school's own id stays its own.</summary>
public sealed class AccountPrivacyTests
{
    private readonly SigningKey learner = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private School north = null!;
    private School south = null!;
    private long now;

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        now = TestLedger.Time;
        north = new School(ledger.Identities[0], blocks.Chain, folder, "north-4711", "shared-name");
        south = new School(ledger.Identities[1], blocks.Chain, folder, "south-anna.b", "shared-name");
    }

    [TearDown]
    public void Delete()
    {
        north.Dispose();
        south.Dispose();
        folder.Dispose();
        ledger.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKey() => learner.Dispose();

    [Test]
    public void One_learner_at_two_schools_has_one_address_and_no_public_value_tells_an_account()
    {
        Claim(north);
        Claim(south);
        foreach (School school in new[] { north, south })
        {
            Assert.That(school.Accounts.Select(school.Pairs.Find), Is.All.EqualTo(learner.Address));
            Decide(school.AnchorAll(ledger, now));
        }

        LedgerState state = blocks.Chain.Head.State;
        LlpcName llpc = new(learner.Address, Statements.Viewed);
        Assert.That(state.IsEnrolled(learner.Address, north.Key.Address), Is.True);
        Assert.That(state.IsEnrolled(learner.Address, south.Key.Address), Is.True);
        Assert.That(state.RecordRange(llpc, north.Key.Address).Count, Is.EqualTo(2), "two accounts, one learner");
        Assert.That(state.RecordRange(llpc, south.Key.Address).Count, Is.EqualTo(2));

        byte[][] canaries = [.. Canaries(north).Concat(Canaries(south))];
        string[] found =
        [
            .. LedgerColumns.All.SelectMany(column => folder.Database.Scan(column, [])
                .Where(entry => canaries.Any(canary => Holds(entry.Key, canary) || Holds(entry.Value, canary)))
                .Select(_ => column)),
        ];
        Assert.That(found, Is.Empty, "an account, a code or a plain hash of one is on the ledger");

        // The scan finds what is there: the learner's address, in blocks and state.
        byte[] address = learner.Address.ToArray();
        Assert.That(folder.Database.Scan(LedgerColumns.State, []).Any(entry => Holds(entry.Key, address)), Is.True);
        Assert.That(folder.Database.Scan(LedgerColumns.Bodies, []).Any(entry => Holds(entry.Value, address)), Is.True);
    }

    [Test]
    public void A_claim_that_was_taken_back_pairs_nobody_and_waits_no_more()
    {
        Announce(north);
        Decide(Signed(north.Key, Operations.ClaimRevoke(1, 1)));
        north.Pairing.Look();

        Assert.That(north.Claims.From(0), Is.Empty);
        Assert.That(north.Accounts.Select(north.Pairs.Find), Is.All.Null);
    }

    [Test]
    public void A_claim_waits_over_a_restart_and_is_seen_when_it_was_used_meanwhile()
    {
        Announce(north);
        north.Pairing.Look();
        Assert.That(north.Claims.From(0).Single().ActorKeys, Is.EqualTo(north.Accounts));
        Use(north);

        ClaimPairing restarted = new(
            north.Key.Address, blocks.Chain, north.Pairs, north.Claims, NullLogger.Instance);
        restarted.Look();

        Assert.That(north.Accounts.Select(north.Pairs.Find), Is.All.EqualTo(learner.Address));
        Assert.That(north.Pairs.From(null).Select(pair => pair.ActorKey), Is.EquivalentTo(north.Accounts));
    }

    private void Claim(School school)
    {
        Announce(school);
        Use(school);
        school.Pairing.Look();
    }

    private void Announce(School school)
    {
        Decide(Signed(
            school.Key, Operations.PicCreate(), Operations.ClaimAnnounce([school.Code.ToClaim()], now + 86_400_000)));
        school.Claims.Keep([(1, school.Accounts)]);
    }

    private void Use(School school)
    {
        using SigningKey code = school.Code.ToKey();
        Operation claim = Operations.LearnerClaim(
            learner.Address,
            school.Key.Address,
            code.PublicKey,
            code.Sign(LearnerDigests.OfClaim(ledger.ChainId, school.Key.Address, learner.Address)));
        bool isNew = blocks.Chain.Head.State.Learner(learner.Address) is null;
        Decide(isNew ? Signed(learner, Operations.UicCreate(), claim) : Signed(learner, claim));
    }

    private void Decide(ParsedTransaction transaction)
    {
        now += 1_000;
        blocks.Decide(now, transaction);
        Assert.That(
            blocks.Chain.Head.Height, Is.EqualTo((ulong)((now - TestLedger.Time) / 1_000)), "a block a second");
    }

    private ParsedTransaction Signed(SigningKey key, params Operation[] operations) => ledger.Parse(
        TransactionBuilder.Signed(ledger.ChainId, now + 60_000, key.Address, key, operations));

    private static IEnumerable<byte[]> Canaries(School school) => school.Accounts
        .SelectMany(account => new[] { account, account.Split('|')[1] })
        .Append(school.Code.ToString())
        .Append(school.Code.ToString().Replace("-", "", StringComparison.Ordinal))
        .Select(Encoding.UTF8.GetBytes)
        .SelectMany(text => new[] { text, SHA256.HashData(text), SHA256.HashData(text)[..16] });

    private static bool Holds(byte[] bytes, byte[] canary) => bytes.AsSpan().IndexOf(canary) >= 0;

    /// <summary>What one school's node keeps beside the chain.</summary>
    private sealed class School : IDisposable
    {
        private readonly DatabaseFolder database = new();
        private readonly StoreFolder files = new();
        private readonly RecordStore store;
        private readonly AnchorPlanner planner;
        private readonly ChainState chain;

        public School(SigningKey key, ChainState chain, DatabaseFolder ledger, params string[] students)
        {
            Key = key;
            this.chain = chain;
            store = files.Open();
            Pairs = new LearnerPairs(database.Database, files.Keys);
            Claims = new ClaimBook(database.Database, files.Keys);
            Pairing = new ClaimPairing(key.Address, chain, Pairs, Claims, NullLogger.Instance);
            AccountStandings accounts = new(
                key.Address, Pairs, new EarlierWishes(database.Database),
                new BlockTimes(new ChainReader(ledger.Database), chain), files.Clock);
            planner = new AnchorPlanner(key.Address, store, accounts, new RecordIndex(ledger.Database), files.Clock);
            IntakeRecord[] records = [.. students.Select(static (student, place) =>
                Statements.Intake(place + 1, student))];
            store.AddAll(records, "moodle");
            Accounts = [.. records.Select(static record => record.ActorKey)];
        }

        public SigningKey Key { get; }

        public ClaimCode Code { get; } = ClaimCode.Create();

        public IReadOnlyList<string> Accounts { get; }

        public LearnerPairs Pairs { get; }

        public ClaimBook Claims { get; }

        public ClaimPairing Pairing { get; }

        /// <summary>A transaction that anchors all that waits, group by group.</summary>
        public ParsedTransaction AnchorAll(TestLedger ledger, long now)
        {
            Operation[] first = [.. planner.Plan(chain.Head.State, AnchorPlanner.GroupsMax).Groups
                .SelectMany(static group => group.Operations)];
            IEnumerable<RecordEntry> entries = store.Outbox.PendingKeys(0, 10)
                .Select(key => store.Find(key.Sequence)!)
                .Select(record => new RecordEntry
                {
                    Locator = AnchorPlanner.LocatorMessage(record),
                    Commitment = record.Commitment.ToField(),
                });
            IEnumerable<Operation> before = first.Where(static operation =>
                operation.CallCase != Operation.CallOneofCase.LlpcInsert);
            Operation insert = first.Single(static operation =>
                operation.CallCase == Operation.CallOneofCase.LlpcInsert).Clone();
            insert.LlpcInsert.Records.Clear();
            insert.LlpcInsert.Records.AddRange(entries);
            return ledger.Parse(TransactionBuilder.Signed(
                ledger.ChainId, now + 60_000, Key.Address, Key, [.. before, insert]));
        }

        public void Dispose()
        {
            store.Dispose();
            files.Dispose();
            database.Dispose();
        }
    }
}
