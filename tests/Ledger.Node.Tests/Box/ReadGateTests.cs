using System.Globalization;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Box;
using Ledger.Node.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>What a box gives to a reader whose grant has limits.</summary>
public sealed class ReadGateTests
{
    private const string Verb = "http://id.tincanapi.com/verb/viewed";
    private const string CourseX = "https://lms.example.org/course/view.php?id=2";
    private const string CourseY = "https://lms.example.org/course/view.php?id=7";
    private const string Template =
        """{"id":"urn:id","timestamp":"TIME","object":{"id":"urn:page"}"""
        + ""","context":{"contextActivities":{"grouping":[{"id":"COURSE"}]}}}""";
    private const long DateD = TestLedger.Time + 1_000_000;

    private SigningKey learner = null!;
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private long time;

    private SigningKey North => ledger.Identities[0];

    private SigningKey East => ledger.Identities[1];

    private SigningKey South => ledger.Identities[2];

    private LlpcName Llpc => new(learner.Address, Verb);

    [SetUp]
    public void Begin()
    {
        learner = SigningKey.Create();
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        time = TestLedger.Time;
        Decide([learner], Operations.UicCreate());
        Decide([North, learner], Operations.Enrol(learner.Address, North.Address));
        Decide(
            [North],
            Operations.PicCreate(),
            Operations.LlpcCreate(learner.Address, Verb),
            Operations.UicInsert(learner.Address, Verb),
            Operations.PicInsert(learner.Address, Verb));
    }

    [TearDown]
    public void End()
    {
        folder.Dispose();
        ledger.Dispose();
        learner.Dispose();
    }

    [Test]
    public void A_grant_limited_to_a_course_until_a_date_opens_events_in_it_before_the_date_and_no_others()
    {
        LimitsOpening opening = LimitsCommitment.Open(
            new GrantLimits { Activities = { CourseX }, UntilUnixMs = DateD, Purposes = { "advice" } });
        Grant(learner, East, opening);

        ReadPermit permit = Decide(East, "advice", opening).Permit!;
        Assert.That(permit.Covers(Kept(CourseX, DateD - 1)), Is.True);
        Assert.That(permit.Covers(Kept(CourseY, DateD - 1)), Is.False, "Another course.");
        Assert.That(permit.Covers(Kept(CourseX, DateD)), Is.False, "After the date.");

        Assert.That(Decide(East, "advice").Refusal, Is.EqualTo(BoxRefusals.LimitsNotShown));
        Assert.That(Decide(East, "sale", opening).Refusal, Is.EqualTo(BoxRefusals.PurposeNotCovered));
        Assert.That(
            Decide(South, "advice", opening).Refusal, Is.EqualTo(BoxRefusals.NoRight), "An opening is no right.");
    }

    [Test]
    public void The_time_of_an_event_is_the_committed_one_and_without_one_no_limit_by_time_covers_it()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { UntilUnixMs = DateD });
        Grant(learner, East, opening);

        ReadPermit permit = Decide(East, "", opening).Permit!;
        KeptRecord before = Kept(CourseX, DateD - 1);
        Assert.That(permit.Covers(before), Is.True);
        Assert.That(permit.Covers(before with { Committed = Encoding.UTF8.GetBytes("{}") }), Is.False);
        Assert.That(ReadPermit.All.Covers(before with { Committed = Encoding.UTF8.GetBytes("{}") }), Is.True);
    }

    [Test]
    public void An_event_from_before_1970_is_within_limits_that_name_an_end_alone()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { UntilUnixMs = DateD });
        Grant(learner, East, opening);
        Assert.That(Decide(East, "", opening).Permit!.Covers(Kept(CourseX, -1_000)), Is.True);
    }

    [Test]
    public void An_opening_that_is_not_the_one_that_was_committed_opens_nothing()
    {
        GrantLimits limits = new() { Activities = { CourseX } };
        LimitsOpening opening = LimitsCommitment.Open(limits);
        Grant(learner, East, opening);

        LimitsOpening wider = opening.Clone();
        wider.Document = new GrantLimits().ToByteString();
        LimitsOpening otherSalt = LimitsCommitment.Open(limits);
        Assert.That(Decide(East, "", wider).Refusal, Is.EqualTo(BoxRefusals.LimitsNotShown));
        Assert.That(Decide(East, "", otherSalt).Refusal, Is.EqualTo(BoxRefusals.LimitsNotShown));
        Assert.That(Decide(East, "", wider, opening).Permit!.Limits, Is.EqualTo(new[] { limits }));
    }

    [Test]
    public void What_is_passed_on_is_read_within_all_limits_of_its_line()
    {
        LimitsOpening above = LimitsCommitment.Open(
            new GrantLimits { Activities = { CourseX, CourseY }, ReadsMax = 9 });
        LimitsOpening below = LimitsCommitment.Open(new GrantLimits { UntilUnixMs = DateD, ReadsMax = 3 });
        Grant(learner, East, above, new Rights { Read = true, GrantRead = true });
        Grant(East, South, below, parent: 1);

        Assert.That(Decide(South, "", below).Refusal, Is.EqualTo(BoxRefusals.LimitsNotShown));
        Assert.That(Decide(South, "", above).Refusal, Is.EqualTo(BoxRefusals.LimitsNotShown));
        ReadPermit permit = Decide(South, "", above, below).Permit!;
        Assert.That(permit.Covers(Kept(CourseX, DateD - 1)), Is.True);
        Assert.That(permit.Covers(Kept(CourseX, DateD)), Is.False);
        Assert.That(permit.Covers(Kept("urn:other", DateD - 1)), Is.False);
        Assert.That(
            permit.Counted,
            Is.EqualTo(new[] { (StateKeys.Grant(Llpc, 2), 3U), (StateKeys.Grant(Llpc, 1), 9U) }));
    }

    [Test]
    public void Who_has_another_grant_without_limits_reads_everything_and_shows_nothing()
    {
        Grant(learner, East, LimitsCommitment.Open(new GrantLimits { ReadsMax = 1 }));
        Grant(learner, East, null);
        Assert.That(Decide(East, "").Permit!.Limits, Is.Empty);
        Assert.That(Decide(East, "").Permit!.Counted, Is.Empty);
    }

    [Test]
    public void The_learner_and_the_writer_need_no_grant_and_others_have_no_right()
    {
        Assert.That(Decide(learner, "").Permit, Is.SameAs(ReadPermit.All));
        Assert.That(Decide(North, "").Permit, Is.SameAs(ReadPermit.All));
        Assert.That(Decide(East, "").Refusal, Is.EqualTo(BoxRefusals.NoRight));
    }

    private ReadDecision Decide(SigningKey reader, string purpose, params LimitsOpening[] openings)
    {
        BoxRequestBody body = new() { Purpose = purpose };
        body.Openings.AddRange(openings);
        return ReadGate.Decide(blocks.Chain.Head.State, Llpc, North.Address, reader.Address, body, time);
    }

    private void Grant(
        SigningKey grantor, SigningKey grantee, LimitsOpening? opening, Rights? rights = null, ulong parent = 0) =>
        Decide([grantor], Operations.LlpcGrant(
            learner.Address, Verb, grantee.Address, rights ?? new Rights { Read = true }, parent, 0,
            opening is null ? [] : LimitsCommitment.Of(opening).ToArray()));

    private void Decide(SigningKey[] signers, params Operation[] operations)
    {
        time += 1_000;
        blocks.Decide(time, ledger.Signed(signers, operations));
    }

    private static KeptRecord Kept(string activity, long time) => KeptRecord.Of(Record(activity, time));

    // The store says another time beside the record: it counts for nothing.
    private static StoredRecord Record(string course, long eventUnixMs) => new(
        1,
        RecordType.XapiStatement,
        "id",
        "actor",
        Verb,
        DateTimeOffset.FromUnixTimeMilliseconds(DateD * 2),
        DateTimeOffset.FromUnixTimeMilliseconds(eventUnixMs),
        "authority",
        Encoding.UTF8.GetBytes(Template
            .Replace("COURSE", course, StringComparison.Ordinal)
            .Replace(
                "TIME",
                DateTimeOffset.FromUnixTimeMilliseconds(eventUnixMs).ToString("O", CultureInfo.InvariantCulture),
                StringComparison.Ordinal)),
        default,
        default,
        1,
        default,
        RecordState.Anchored,
        null,
        null,
        "1.0.0");
}
