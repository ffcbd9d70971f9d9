using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Sealing;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Import;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Exports;

/// <summary>Everything about one learner, gathered at two schools into one file, which verifies by itself.</summary>
public sealed class LearnerExportTests
{
    private const string Answered = "http://adlnet.gov/expapi/verbs/answered";
    private const string Account = Statements.HomePage + "|student-17";
    private const string AtEast = Statements.HomePage + "|student-17-at-east";
    private const string Words = "Advice for the spring term";

    private ExportWorld world = null!;

    private Address Learner => world.Learner.Address;

    [SetUp]
    public void Begin()
    {
        world = new ExportWorld();
        world.Upgrade();
        world.North.Enrol(Account, Statements.Viewed);
        world.East.Enrol(AtEast, Answered);
        world.North.Anchor(Statements.Viewed, [.. Enumerable.Range(1, 3).Select(static one => Statements.Intake(one))]);
        world.East.Anchor(Answered, [.. Enumerable.Range(11, 2).Select(static one =>
            Statements.Intake(one, "student-17-at-east", Answered))]);
        world.North.Erase(Statements.Viewed, 1, Statements.Intake(2));
    }

    [TearDown]
    public void End() => world.Dispose();

    [Test]
    public async Task Everything_of_two_schools_is_in_one_file_which_verifies_offline()
    {
        KeepAtNorth();
        await AskAndReadAsync();
        VerificationReport report = world.Verify(await world.ExportAsync());
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));

        ExportFindings found = report.Export!;
        Assert.That(
            found.Ranges.Where(static one => one.Count > 0)
                .Select(static one => (one.Verb, one.Count, one.Returned, one.Erased)),
            Is.EquivalentTo(new[] { (Answered, 2UL, 2UL, 0UL), (Statements.Viewed, 3UL, 2UL, 1UL) }));
        Assert.That((found.ReadsCounted, found.ReadsShown), Is.EqualTo(((ulong?)1, 1UL)));
        Assert.That(found.Missing, Is.Empty);
        Assert.That(found.Receipts, Is.GreaterThan(5));
        Assert.That(
            found.States.Keys,
            Is.SupersetOf(new[]
            {
                StateKind.Enrolment, StateKind.Llpc, StateKind.Grant, StateKind.Request, StateKind.RecordRange,
                StateKind.Holding,
            }));

        ExportedSchool north = found.Schools.Single(one => one.Institution == world.North.Identity.Address);
        Assert.That(north.Records, Is.EquivalentTo(new Dictionary<string, int> { ["anchored"] = 2, ["stored"] = 1 }));
        Assert.That(north.Items.Keys, Is.EquivalentTo(new[]
        {
            HeldItem.ContentOneofCase.Account, HeldItem.ContentOneofCase.Name, HeldItem.ContentOneofCase.Document,
            HeldItem.ContentOneofCase.Record, HeldItem.ContentOneofCase.Attachment, HeldItem.ContentOneofCase.Class,
            HeldItem.ContentOneofCase.Claim, HeldItem.ContentOneofCase.Notices,
            HeldItem.ContentOneofCase.EarlierUnixMs, HeldItem.ContentOneofCase.Erasure, HeldItem.ContentOneofCase.Read,
            HeldItem.ContentOneofCase.Disclosure,
        }));
        ExportedSchool east = found.Schools.Single(one => one.Institution == world.East.Identity.Address);
        Assert.That(east.Items.Keys, Is.EquivalentTo(new[]
        {
            HeldItem.ContentOneofCase.Account, HeldItem.ContentOneofCase.Record, HeldItem.ContentOneofCase.Purpose,
        }));
    }

    [Test]
    public async Task More_records_than_one_answer_holds_are_all_there()
    {
        const int More = 1_100;
        world.North.Anchor(
            Statements.Viewed, [.. Enumerable.Range(101, More).Select(static one => Statements.Intake(one))]);
        VerificationReport report = world.Verify(await world.ExportAsync());
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        ExportedRange range = report.Export!.Ranges.Single(static one => one.Verb == Statements.Viewed);
        Assert.That((range.Count, range.Returned, range.Erased), Is.EqualTo((More + 3UL, More + 2UL, 1UL)));
        Assert.That(report.Export.Schools[0].Records.Values.Sum() + report.Export.Schools[1].Records.Values.Sum(),
            Is.EqualTo(More + 2 + 2));
    }

    [Test]
    public async Task A_school_that_is_away_is_named_and_what_it_has_is_added_later()
    {
        world.Away.Add(world.East.Identity.Address);
        byte[] first = await world.ExportAsync();
        VerificationReport report = world.Verify(first);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Unknown), Text(report));
        Assert.That(
            report.Export!.Missing.Select(static one => (new Address(one.Institution.Span), one.What)),
            Is.EqualTo(new[]
            {
                (world.East.Identity.Address, MissingWhat.Records), (world.East.Identity.Address, MissingWhat.Word),
            }));
        Assert.That(report.Export.Ranges.Where(static one => one.Verb == Answered), Is.Empty);

        world.Away.Clear();
        VerificationReport resumed = world.Verify(await ResumeAsync(first));
        Assert.That(resumed.Verdict, Is.EqualTo(Verdict.Passed), Text(resumed));
        Assert.That(resumed.Export!.Missing, Is.Empty);
        Assert.That(
            resumed.Export.Ranges.Single(static one => one.Verb == Answered).Returned, Is.EqualTo(2));
        Assert.That(resumed.Export.Schools, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_file_is_gone_on_with_by_its_maker_alone()
    {
        byte[] file = await world.ExportAsync();
        LedgerClientException? refused = await Assert.ThrowsAsync<LedgerClientException>(() => world
            .MakerOf(world.South).ResumeAsync(new MemoryStream(file), new MemoryStream(), CancellationToken.None));
        Assert.That(refused?.Message, Does.Contain("another key"));
        refused = await Assert.ThrowsAsync<LedgerClientException>(() => world.MakerOf(world.Learner).ResumeAsync(
            new MemoryStream(file[..^1]), new MemoryStream(), CancellationToken.None));
        Assert.That(refused?.Message, Does.Contain("cut off"));
    }

    [Test]
    public async Task An_institution_answers_for_a_learner_who_has_no_key()
    {
        KeepAtNorth();
        await AskAndReadAsync();
        using MemoryStream file = new();
        await world.MakerOf(world.North.Identity).MakeAsync(
            new ExportSubject(Learner, [], world.North.Identity.Address), file, CancellationToken.None);
        VerificationReport report = world.Verify(file.ToArray());
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        ExportFindings found = report.Export!;
        Assert.That(found.Maker, Is.EqualTo(world.North.Identity.Address));
        Assert.That(found.Schools.Single().Institution, Is.EqualTo(world.North.Identity.Address));
        Assert.That(found.Ranges.Single().Verb, Is.EqualTo(Statements.Viewed));
        Assert.That(found.ReadsCounted, Is.Null);
        Assert.That(found.Schools.Single().Items[HeldItem.ContentOneofCase.Read], Is.GreaterThan(0));
    }

    [Test]
    public async Task An_institution_answers_for_a_person_who_is_no_learner()
    {
        const string Guest = Statements.HomePage + "|guest";
        world.North.Store.AddAll([Statements.Intake(21, "guest"), Statements.Intake(22, "guest")], "moodle");
        using MemoryStream file = new();
        await world.MakerOf(world.North.Identity).MakeAsync(
            new ExportSubject(null, [Guest], world.North.Identity.Address), file, CancellationToken.None);
        VerificationReport report = world.Verify(file.ToArray());
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.Export!.Accounts, Is.EqualTo(new[] { Guest }));
        Assert.That(report.Export.Ranges, Is.Empty);
        Assert.That(
            report.Export.Schools.Single().Records,
            Is.EquivalentTo(new Dictionary<string, int> { ["not-enrolled"] = 2 }));
    }

    [Test]
    public async Task Nobody_else_is_told()
    {
        TellRequest ofLearner = Request();
        ofLearner.Learners.Add(ByteString.CopyFrom(Learner.ToArray()));
        TellRequest ofAccount = Request();
        ofAccount.Accounts.Add(Account);
        await RefusedAsync(world.South, ofLearner, "NOT_YOURS");
        await RefusedAsync(world.East.Identity, ofLearner, "NOT_YOURS");
        await RefusedAsync(world.Learner, ofAccount, "NOT_THE_OWNER");
        await RefusedAsync(world.Learner, Request(), "learners");
        ofLearner.Random = ByteString.Empty;
        await RefusedAsync(world.Learner, ofLearner, "random");
    }

    [Test]
    public async Task What_was_merged_into_the_learner_is_part_of_it()
    {
        using SigningKey former = SigningKey.Create();
        world.Decide([former], Operations.UicCreate());
        world.Decide([world.Learner, former], Operations.LearnerMerge(former.Address));
        VerificationReport report = world.Verify(await world.ExportAsync());
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.Export!.Learners, Is.EqualTo(new[] { Learner, former.Address }));
        Assert.That(report.Export.States.Keys, Does.Contain(StateKind.Merge).And.Contain(StateKind.Absorbed));
    }

    // North has of the learner whatever a node can have.
    private void KeepAtNorth()
    {
        ExportSchoolBench north = world.North;
        byte[] picture =
        [
            .. Enumerable.Range(0, ExportLimits.PieceBytesMax + 10).Select(static one => (byte)(one % 251)),
        ];
        AttachmentContent attachment = AttachmentContent.Of(picture);
        string digest = Convert.ToHexStringLower(attachment.Digest.Span);
        string statement = $$"""
            {"id":"{{Statements.Id(31)}}","timestamp":"2019-06-03T09:15:00Z",
             "actor":{"name":"Jo","account":{"homePage":"{{Statements.HomePage}}","name":"student-17"} },
             "verb":{"id":"{{Statements.Viewed}}"},"object":{"id":"https://lms.example.org/1"},
             "attachments":[{"usageType":"http://example.org/u","display":{"en":"p"},"contentType":"image/png",
             "length":{{picture.Length}},"sha2":"{{digest}}"}] }
            """;
        north.Store.AddAll([Statements.Read(statement)], [attachment], "moodle");
        north.Store.Documents.Change(
            new DocumentScope(DocumentKind.State, "https://lms.example.org/1", Account, string.Empty, true),
            "bookmark",
            static _ => new DocumentChange.Keep("text/plain", Encoding.UTF8.GetBytes("page 7")));
        north.Roster.Keep([new RosterClass("math-1", "Mathematics", "Math", [new RosterMember("student", [Account])])]);
        north.Claims.Keep([(7, [Account])]);
        north.Notices.Set(Learner, new NoticeAddressPair("", "jo@example.org", world.Clock.Now));
        north.Earlier.Set(Learner, world.Clock.Now);
        north.Erasures.Add(Ledger.Node.Erasure.OrderId.Create(), 1, Learner, [], []);
        long end = world.Clock.Now.AddDays(1).ToUnixTimeMilliseconds();
        Assert.That(north.Disclosures.TryShare(Learner, TaggedHash.Of("test/id"u8, []), end, "For Acme", []));
    }

    // East asks under words that it keeps, is granted, and reads at North's box.
    private async Task AskAndReadAsync()
    {
        PurposeOpening opening = RequestPurpose.Open(Words);
        Hash256 commitment = RequestPurpose.CommitmentOf(opening);
        ExportSchoolBench east = world.East;
        east.Purposes.AddAll([new SealedOpening(Learner, commitment, SealedMessages.Seal(
            opening.ToByteArray(), [(east.Identity.Address, new PublicKeyBytes(east.Encryption.PublicKey))],
            RequestPurpose.Seal))]);
        world.Decide([east.Identity], Operations.LlpcRequest(
            Learner, Statements.Viewed, new Rights { Read = true }, commitment.ToArray()));
        world.Decide([world.Learner], Operations.LlpcGrant(
            Learner, Statements.Viewed, east.Identity.Address, new Rights { Read = true }, 0, 0, []));
        BoxReader reader = new(
            new CallerIdentity(east.Identity.Address, east.Identity), world.Trust, world.Clock);
        BoxRequest request = reader.Sign(new BoxQuery(world.North.Identity.Address, Learner, Statements.Viewed));
        BoxReply reply = await world.North.Box.AnswerAsync(request, CancellationToken.None);
        Assert.That(reply.Answer, Is.Not.Null, reply.Refusal?.ToString());
    }

    private async Task<byte[]> ResumeAsync(byte[] file)
    {
        using MemoryStream resumed = new();
        await world.MakerOf(world.Learner).ResumeAsync(new MemoryStream(file), resumed, CancellationToken.None);
        return resumed.ToArray();
    }

    private async Task RefusedAsync(SigningKey caller, TellRequest request, string why)
    {
        AskedSchool north = new(world.North, caller);
        LedgerClientException? refused = await Assert.ThrowsAsync<LedgerClientException>(() => north.AskAsync(request));
        Assert.That(refused?.Message, Does.Contain(why));
    }

    private static TellRequest Request() =>
        new() { Random = ByteString.CopyFrom(new byte[ExportMessages.RandomBytes]) };

    private static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
