using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Transactions;

public sealed class TransactionTests
{
    private const string Verb = "http://adlnet.gov/expapi/verbs/completed";

    private static readonly Hash256 Chain = TaggedHash.Of(Tags.Genesis, "chain"u8);

    private DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-tx-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public void Enrolment_is_signed_on_two_machines()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);
        PendingTransaction here = Enrolment(learner, institution);
        Assert.That(here.AddSignature(learner), Is.True);
        Assert.That(here.MissingSigners, Is.EqualTo(new[] { institution.Address }));
        TransactionFile.Write(FilePath, here, overwrite: false);

        PendingTransaction there = TransactionFile.Read(FilePath);
        Assert.That(there.Id, Is.EqualTo(here.Id));
        Assert.That(there.AddSignature(institution), Is.True);

        Assert.That(there.IsComplete, Is.True);
        SignedTransaction signed = SignedTransaction.Parser.ParseFrom(there.ToSignedBytes());
        Assert.That(signed.Body.Span.SequenceEqual(here.BodyBytes.Span), Is.True);
        Assert.That(signed.Signatures, Has.Count.EqualTo(2));
        Assert.That(Ed25519Verifier.Instance.Verify(learner.PublicKey, here.Id, signed.Signatures[0].Span), Is.True);
        Assert.That(
            Ed25519Verifier.Instance.Verify(institution.PublicKey, here.Id, signed.Signatures[1].Span), Is.True);
    }

    [Test]
    public void Same_wish_gives_the_same_bytes_only_with_the_same_random()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);

        Assert.That(Enrolment(learner, institution).Id, Is.EqualTo(Enrolment(learner, institution).Id));
        PendingTransaction one = TransactionBuilder.Signed(Chain, 1, learner.Address, learner, Operations.UicCreate());
        PendingTransaction other =
            TransactionBuilder.Signed(Chain, 1, learner.Address, learner, Operations.UicCreate());
        Assert.That(one.Id, Is.Not.EqualTo(other.Id));
    }

    [Test]
    public void Bytes_and_identity_are_those_of_the_vector()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);
        PendingTransaction transaction = Enrolment(learner, institution);
        transaction.AddSignature(learner);
        transaction.AddSignature(institution);

        using JsonDocument vector = JsonDocument.Parse(File.ReadAllBytes(VectorPath()));

        Assert.That(transaction.Id.ToString(), Is.EqualTo(vector.RootElement.GetProperty("id").GetString()));
        Assert.That(
            Convert.ToHexStringLower(transaction.ToSignedBytes()),
            Is.EqualTo(vector.RootElement.GetProperty("signed").GetString()));
    }

    [Test]
    public void Stranger_cannot_sign_and_an_unsigned_transaction_has_no_bytes()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);
        using SigningKey stranger = KeyOf(3);
        PendingTransaction transaction = Enrolment(learner, institution);

        Assert.That(transaction.AddSignature(stranger), Is.False);
        Assert.That(transaction.AddSignature(0, stranger.Sign(transaction.Id)), Is.False);
        Assert.Throws<InvalidOperationException>(() => transaction.ToSignedBytes());
    }

    [Test]
    public void File_with_a_signature_that_was_changed_is_refused()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);
        PendingTransaction transaction = Enrolment(learner, institution);
        transaction.AddSignature(learner);
        TransactionFile.Write(FilePath, transaction, overwrite: false);
        string text = File.ReadAllText(FilePath);
        string signature = Convert.ToHexStringLower(transaction.SignatureAt(0)!.Value.Span);
        File.WriteAllText(FilePath, text.Replace(signature, new string('1', 128), StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => TransactionFile.Read(FilePath));
    }

    [TestCase("{}")]
    [TestCase("no json")]
    [TestCase("""{"format":"learning-ledger-transaction","version":1,"chainId":"00","body":"","signatures":[]}""")]
    public void File_of_another_kind_is_refused(string text)
    {
        File.WriteAllText(FilePath, text);

        Assert.Throws<FormatException>(() => TransactionFile.Read(FilePath));
    }

    [Test]
    public void Signer_reads_what_is_asked_before_signing()
    {
        foreach (Operation operation in OneOfEach())
        {
            Assert.That(
                OperationText.Describe(operation), Is.Not.Empty.And.Not.Contain("nothing"), operation.ToString());
        }

        Assert.That(OneOfEach().Select(operation => operation.CallCase).Distinct().Count(), Is.EqualTo(
            Enum.GetValues<Operation.CallOneofCase>().Length - 1), "one of each call");
        Assert.That(
            OperationText.Describe(new Rights { Read = true, GrantRead = true }), Is.EqualTo("read, grant-read"));
    }

    [Test]
    public void Signer_reads_every_kind_of_change_of_seats()
    {
        SeatChange[] changes =
        [
            SeatChangeFactory.Add(default, default, new byte[64]),
            SeatChangeFactory.Remove(default),
            SeatChangeFactory.Rotate(default, default, default, new byte[64]),
            SeatChangeFactory.Replace(default, default, default, new byte[64]),
        ];
        Assert.That(changes.Select(OperationText.Describe), Is.Unique.And.None.Contains("nothing"));
        Assert.That(changes.Select(change => change.Kind), Is.EqualTo(
            Enum.GetValues<SeatChangeKind>().Except([SeatChangeKind.Unspecified])));
    }

    [Test]
    public void Ready_signatures_of_different_changes_make_no_activation()
    {
        Assert.Throws<ArgumentException>(() => Operations.SeatActivate(1, OneSeat, []));
        Assert.Throws<ArgumentException>(() => Operations.SeatActivate(1, OneSeat, [ReadyOf(0, 1), ReadyOf(1, 1)]));

        Operation activate = Operations.SeatActivate(1, OneSeat, [ReadyOf(0, 1), ReadyOf(0, 2)]);

        Assert.That(activate.SeatActivate.Ready.Select(mark => mark.HeadHeight), Is.EqualTo(new[] { 1UL, 2UL }));
    }

    [Test]
    public void Operations_keep_their_groups_and_actors()
    {
        using SigningKey learner = KeyOf(1);
        using SigningKey institution = KeyOf(2);
        TransactionBuilder builder = new(Chain, 5);
        int first = builder.AddSigner(learner.Address, learner.PublicKey);
        int second = builder.AddSigner(institution.Address, institution.PublicKey);
        Assert.That(builder.AddSigner(learner.Address, learner.PublicKey), Is.EqualTo(first));

        TransactionBody body = builder
            .AddGroup(first, Operations.UicCreate())
            .AddGroup(second, Operations.PicCreate(), Operations.Settle())
            .Build().Body;

        Assert.That(body.Groups.Select(group => group.Operations.Count), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(body.Groups[1].Operations.Select(operation => operation.Actor), Is.All.EqualTo((uint)second));
        Assert.That(body.Random, Has.Length.EqualTo(16));
    }

    private static IEnumerable<Operation> OneOfEach()
    {
        Address someone = default;
        yield return Operations.RegisterInstitution("A", "a.example", InstitutionKind.LearningProvider);
        yield return Operations.VoteInstitution(someone, 1, approve: true);
        yield return Operations.PublishEndpoint(EndpointKind.Box, "https://a.example");
        yield return Operations.PublishEncryptionKey(new byte[32]);
        yield return Operations.PublishTlsBinding(1, default);
        yield return Operations.MembershipRevoke(someone);
        yield return Operations.RevocationVote(someone, 1, approve: false);
        yield return Operations.SeatPropose([SeatChangeFactory.Remove(someone)]);
        yield return Operations.SeatVote(1, approve: true);
        yield return Operations.SeatRotate(default, default, new byte[64]);
        yield return Operations.SeatActivate(1, OneSeat, [ReadyOf(0, 1)]);
        yield return Operations.Enrol(someone, someone);
        yield return Operations.EndEnrolment(someone, someone);
        yield return Operations.UicCreate();
        yield return Operations.UicInsert(someone, Verb);
        yield return Operations.PicCreate();
        yield return Operations.PicInsert(someone, Verb);
        yield return Operations.MeasurePropose(new Measure
        {
            Suspend = new SuspendInstitution { Institution = ByteString.CopyFrom(someone.ToArray()) },
        });
        yield return Operations.MeasureVote(1, approve: true);
        yield return Operations.AnnounceVersion(2);
        yield return Operations.MembershipLeave();
        yield return Operations.PublishContact(new SealedEnvelope());
        yield return Operations.StaffAppoint(someone, [StaffRole.Teacher], 1, 2);
        yield return Operations.StaffAssign(someone, [StaffRole.Registrar], 1);
        yield return Operations.StaffEnd(someone, someone, 1);
        yield return Operations.TestimonialIssue(someone, someone, 1, default, "");
        yield return Operations.TestimonialWithdraw(someone, someone, 1);
        using (SigningKey next = KeyOf(9))
        {
            yield return Operations.RotateKey(Chain, someone, 2, next);
        }

        yield return Operations.LlpcCreate(someone, Verb);
        yield return Operations.LlpcInsert(someone, Verb, [new RecordEntry()]);
        yield return Operations.LlpcRequest(someone, Verb, new Rights { Read = true }, []);
        yield return Operations.LlpcDeny(someone, Verb, 1);
        yield return Operations.PolicyAdopt(new PolicyTemplate(), 0);
        yield return Operations.PolicyRetire(1);
        yield return Operations.LlpcWithdraw(someone, Verb, 1);
        yield return Operations.LlpcScore(someone, Verb, 0, default(Hash256));
        yield return Operations.LlpcErase(someone, Verb, [], []);
        yield return Operations.LlpcGrant(someone, Verb, someone, new Rights { Read = true }, 0, 0, []);
        yield return Operations.LlpcRevoke(someone, Verb, 1);
        yield return Operations.LlpcRenounce(someone, Verb, 1);
        yield return Operations.Settle();
        yield return Operations.GuardianAppoint(someone, someone, someone, 1);
        yield return Operations.GuardianEnd(someone, null);
        yield return Operations.LearnerMerge(someone);
        yield return Operations.RecoveryPlanSet(someone, [someone], 1, 86_400_000);
        yield return Operations.RecoveryPropose(someone, default, new byte[64]);
        yield return Operations.RecoveryApprove(someone, 1);
        yield return Operations.RecoveryCancel(someone, 1);
        yield return Operations.RecoveryComplete(someone, 1);
        yield return Operations.ClaimAnnounce([default], 1);
        yield return Operations.ClaimRevoke(1, 1);
        yield return Operations.LearnerClaim(someone, someone, default, new byte[64]);
        yield return Operations.OptOut(someone, OptOutLevel.NoAnchor);
        yield return Operations.TrailAppend(someone, [default]);
        yield return Operations.CustodyPublishPlan("A", "https://a.example/plan", default, 30);
        yield return Operations.CustodyWithdrawPlan(1);
        yield return Operations.CustodyOffer(someone, someone, 1);
        yield return Operations.CustodyAccept(someone, someone, 1, 1);
        yield return Operations.CustodyEnd(someone, someone, 1);
        yield return Operations.CustodyConfirm(someone, Verb, someone, 1);
    }

    private static PendingTransaction Enrolment(SigningKey learner, SigningKey institution)
    {
        TransactionBuilder builder = new(Chain, 1_700_000_000_000);
        int actor = builder.AddSigner(learner.Address, learner.PublicKey);
        builder.AddSigner(institution.Address, institution.PublicKey);
        return builder
            .WithRandom(Enumerable.Range(0, 16).Select(static value => (byte)value).ToArray())
            .AddGroup(actor, Operations.Enrol(learner.Address, institution.Address))
            .Build();
    }

    private static ValidatorSet OneSeat => ValidatorSet.Of([default]);

    private static ReadySignature ReadyOf(ulong epoch, ulong head) =>
        new(new ReadyStatement(Chain, epoch, default, default, head, default), 0, new byte[64]);

    private static string VectorPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Vectors", "transactions.json");

    private static SigningKey KeyOf(byte fill) => SigningKey.FromSecret(Enumerable.Repeat(fill, 32).ToArray());

    private string FilePath => Path.Combine(folder.FullName, "enrol.tx");
}
