using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Limits;

/// <summary>Limits of grants: their bytes, their commitment, what they cover.</summary>
public sealed class LimitsTests
{
    private const string CourseX = "https://lms.example.org/course/view.php?id=2";
    private const string CourseY = "https://lms.example.org/course/view.php?id=7";

    private static readonly JsonElement Vector = JsonDocument.Parse(File.ReadAllBytes(VectorPath())).RootElement;

    [Test]
    public void Bytes_and_commitment_are_those_of_the_vector()
    {
        GrantLimits limits = Sample();
        LimitsOpening opening = new() { Document = limits.ToByteString(), Salt = Of("salt") };

        Assert.That(opening.Document, Is.EqualTo(Of("document")));
        Assert.That(LimitsCommitment.Of(opening).ToArray(), Is.EqualTo(Of("commitment").ToByteArray()));
        Assert.That(LimitsCommitment.Read(opening), Is.EqualTo(limits));
        opening.Document = ByteString.Empty;
        Assert.That(LimitsCommitment.Of(opening).ToArray(), Is.EqualTo(Of("emptyCommitment").ToByteArray()));
        Assert.That(LimitsCommitment.Read(opening), Is.EqualTo(new GrantLimits()));
    }

    [Test]
    public void The_same_limits_twice_have_two_commitments()
    {
        LimitsOpening one = LimitsCommitment.Open(Sample());
        LimitsOpening two = LimitsCommitment.Open(Sample());
        Assert.That(LimitsCommitment.Of(one), Is.Not.EqualTo(LimitsCommitment.Of(two)));
        Assert.That(LimitsCommitment.Read(one), Is.EqualTo(LimitsCommitment.Read(two)));
    }

    [Test]
    public void What_is_not_canonical_or_of_wrong_form_opens_nothing()
    {
        LimitsOpening opening = LimitsCommitment.Open(Sample());
        LimitsOpening unknown = opening.Clone();
        unknown.Document = ByteString.CopyFrom([.. opening.Document.Span, 0x78, 0x01]);
        LimitsOpening salt = opening.Clone();
        salt.Salt = ByteString.CopyFrom(new byte[31]);
        Assert.That(LimitsCommitment.Read(unknown), Is.Null);
        Assert.That(LimitsCommitment.Read(salt), Is.Null);

        foreach (Action<GrantLimits> change in new Action<GrantLimits>[]
        {
            limits => limits.Activities.Insert(0, CourseY),
            limits => limits.Activities.Add("no iri"),
            limits => limits.Activities.AddRange(
                Enumerable.Range(0, LimitsForm.ActivitiesMax).Select(number => $"urn:z:{number:D4}")),
            limits => limits.FromUnixMs = -1,
            limits => limits.UntilUnixMs = limits.FromUnixMs,
            limits => limits.Purposes.Add("research"),
            limits => limits.Purposes.Add("Upper"),
            limits => limits.Place = "two words",
            limits => limits.RetentionDays = 40_000,
            limits => limits.WithdrawalDays = 40_000,
        })
        {
            GrantLimits wrong = Sample();
            change(wrong);
            Assert.That(LimitsForm.IsRight(wrong), Is.False, wrong.ToString());
            Assert.Throws<ArgumentException>(() => LimitsCommitment.Open(wrong));
            LimitsOpening shown = new() { Document = wrong.ToByteString(), Salt = opening.Salt };
            Assert.That(LimitsCommitment.Read(shown), Is.Null);
        }
    }

    [TestCase("""{"object":{"id":"COURSE"}}""")]
    [TestCase("""{"context":{"contextActivities":{"parent":[{"id":"urn:a"},{"id":"COURSE"}]}}}""")]
    [TestCase("""{"context":{"contextActivities":{"grouping":{"id":"COURSE"}}}}""")]
    public void An_xapi_statement_is_about_its_object_and_the_activities_of_its_context(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("COURSE", CourseX, StringComparison.Ordinal));
        Assert.That(RecordActivities.Of(RecordType.XapiStatement, bytes), Does.Contain(CourseX));
    }

    [TestCase("""{"object":{"id":"urn:page","isPartOf":{"id":"urn:chapter","isPartOf":{"id":"COURSE"}}}}""")]
    [TestCase("""{"object":"COURSE"}""")]
    [TestCase("""{"group":{"id":"urn:section","subOrganizationOf":{"id":"COURSE"}}}""")]
    [TestCase("""{"target":{"id":"COURSE"}}""")]
    public void A_caliper_event_is_about_its_object_target_and_group_and_what_these_are_part_of(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("COURSE", CourseX, StringComparison.Ordinal));
        Assert.That(RecordActivities.Of(RecordType.CaliperEvent, bytes), Does.Contain(CourseX));
    }

    [TestCase("not json")]
    [TestCase("[]")]
    [TestCase("""{"object":7,"context":{"contextActivities":[]}}""")]
    public void What_names_no_activity_is_about_none(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.That(RecordActivities.Of(RecordType.XapiStatement, bytes), Is.Empty);
        Assert.That(RecordActivities.Of(RecordType.CaliperEvent, bytes), Is.Empty);
    }

    [Test]
    public void Limits_cover_by_activity_time_and_purpose()
    {
        GrantLimits limits = Sample();
        byte[] inX = Encoding.UTF8.GetBytes("""{"object":{"id":"COURSE"}}""".Replace(
            "COURSE", CourseX, StringComparison.Ordinal));
        byte[] elsewhere = """{"object":{"id":"urn:other"}}"""u8.ToArray();
        bool Covers(byte[] record, long time) =>
            LimitsCoverage.Covers(limits, RecordType.XapiStatement, record, time);

        Assert.That(Covers(inX, limits.FromUnixMs), Is.True);
        Assert.That(Covers(inX, limits.FromUnixMs - 1), Is.False);
        Assert.That(Covers(inX, limits.UntilUnixMs - 1), Is.True);
        Assert.That(Covers(inX, limits.UntilUnixMs), Is.False);
        Assert.That(Covers(elsewhere, limits.FromUnixMs), Is.False);
        Assert.That(LimitsCoverage.CoversPurpose(limits, "advice"), Is.True);
        Assert.That(LimitsCoverage.CoversPurpose(limits, "marketing"), Is.False);
        Assert.That(LimitsCoverage.CoversPurpose(limits, ""), Is.False);

        GrantLimits none = new();
        Assert.That(LimitsCoverage.Covers(none, RecordType.XapiStatement, elsewhere, 0), Is.True);
        Assert.That(LimitsCoverage.CoversPurpose(none, ""), Is.True);
    }

    [Test]
    public void A_private_clause_that_limits_violate_is_named()
    {
        PolicyTemplate policy = new()
        {
            Purposes = { "advice", "research" }, Places = { "kyoto" }, RetentionDays = 365, WithdrawalDays = 30,
        };
        GrantLimits kept = Sample();
        kept.Backups = false;
        Assert.That(PrivateClauses.Violated(policy, kept), Is.Null);
        PolicyClause? With(Action<GrantLimits> change)
        {
            GrantLimits limits = kept.Clone();
            change(limits);
            return PrivateClauses.Violated(policy, limits);
        }

        Assert.That(PrivateClauses.Violated(policy, null), Is.EqualTo(PolicyClause.Purposes));
        Assert.That(With(limits => limits.Purposes.Clear()), Is.EqualTo(PolicyClause.Purposes));
        Assert.That(With(limits => limits.Purposes.Add("sale")), Is.EqualTo(PolicyClause.Purposes));
        Assert.That(With(limits => limits.Place = ""), Is.EqualTo(PolicyClause.Storage));
        Assert.That(With(limits => limits.Place = "osaka"), Is.EqualTo(PolicyClause.Storage));
        Assert.That(With(limits => limits.RetentionDays = 366), Is.EqualTo(PolicyClause.Storage));
        Assert.That(With(limits => limits.RetentionDays = 0), Is.EqualTo(PolicyClause.Storage));
        Assert.That(With(limits => limits.Backups = true), Is.EqualTo(PolicyClause.Storage));
        Assert.That(With(limits => limits.WithdrawalDays = 31), Is.EqualTo(PolicyClause.Withdrawal));
        Assert.That(With(limits => limits.WithdrawalDays = 0), Is.EqualTo(PolicyClause.Withdrawal));
        Assert.That(PrivateClauses.Violated(new PolicyTemplate { Backups = true }, null), Is.Null, "No such clause.");
    }

    private static GrantLimits Sample() => new()
    {
        Activities = { CourseX, CourseY },
        FromUnixMs = 1_700_000_000_000,
        UntilUnixMs = 1_710_000_000_000,
        Purposes = { "advice", "research" },
        ReadsMax = 12,
        Place = "kyoto",
        RetentionDays = 365,
        Backups = true,
        WithdrawalDays = 30,
    };

    private static ByteString Of(string name) =>
        ByteString.CopyFrom(Convert.FromHexString(Vector.GetProperty(name).GetString()!));

    private static string VectorPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Vectors", "limits.json");
}
