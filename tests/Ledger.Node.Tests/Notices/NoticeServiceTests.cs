using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Notices;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Notices;

/// <summary>A learner says to its home node where it is told of requests, and nobody else hears of it.</summary>
public sealed class NoticeServiceTests
{
    private NoticeBench bench = null!;
    private CallerAuthentication callers = null!;
    private NoticeService service = null!;

    [SetUp]
    public void Start()
    {
        bench = new NoticeBench();
        callers = new CallerAuthentication(
            bench.Ledger.ChainId, bench.North.Address, bench.Chain, Ed25519Verifier.Instance, bench.Clock);
        service = Service(sendsMail: true);
    }

    [TearDown]
    public void Stop() => bench.Dispose();

    [Test]
    public async Task A_learner_sets_shows_and_erases_its_addresses()
    {
        List<Address> changed = [];
        service.Changed += changed.Add;
        NoticeState set = await service.SetNotices(Wish(NoticeBench.Hook, NoticeBench.Mail), Call(bench.Learner));
        NoticeState shown = await service.GetNotices(Query(), Call(bench.Learner));
        Assert.Multiple(() =>
        {
            Assert.That((shown.Webhook, shown.Mail), Is.EqualTo((NoticeBench.Hook, NoticeBench.Mail)));
            Assert.That(shown, Is.EqualTo(set));
            Assert.That(shown.SetUnixMs, Is.EqualTo(bench.Clock.Now.ToUnixTimeMilliseconds()));
            Assert.That(changed, Is.EqualTo(new[] { bench.Learner.Address }));
        });

        await service.SetNotices(Wish("", ""), Call(bench.Learner));
        Assert.That(await service.GetNotices(Query(), Call(bench.Learner)), Is.EqualTo(new NoticeState()));
    }

    [Test]
    public void Nobody_else_sets_them_or_is_shown_them()
    {
        bench.Tell();
        foreach (SigningKey other in new[] { bench.North, bench.East })
        {
            Refused(StatusCode.PermissionDenied, () => service.GetNotices(Query(), Call(other)));
            Refused(StatusCode.PermissionDenied, () => service.SetNotices(Wish("", ""), Call(other)));
        }

        Assert.That(bench.Book.Find(bench.Learner.Address), Is.Not.Null);
    }

    [Test]
    public void A_node_keeps_no_addresses_of_learners_of_others_and_erases_whatever_there_is()
    {
        bench.Decide([bench.Learner], Operations.EndEnrolment(bench.Learner.Address, bench.North.Address));
        Refused(
            StatusCode.FailedPrecondition, () => service.SetNotices(Wish(NoticeBench.Hook, ""), Call(bench.Learner)));
        Assert.That(() => service.SetNotices(Wish("", ""), Call(bench.Learner)), Throws.Nothing);
    }

    [TestCase("http://learner.example/hook", "")]
    [TestCase("https://jo:secret@learner.example/hook", "")]
    [TestCase("https://learner.example/hook#part", "")]
    [TestCase("learner.example", "")]
    [TestCase("", "no address")]
    public void What_is_no_address_is_refused(string webhook, string mail) => Refused(
        StatusCode.InvalidArgument, () => service.SetNotices(Wish(webhook, mail), Call(bench.Learner)));

    [Test]
    public void A_node_without_a_mail_server_says_so() => Refused(
        StatusCode.FailedPrecondition,
        () => Service(sendsMail: false).SetNotices(Wish("", NoticeBench.Mail), Call(bench.Learner)));

    private NoticeService Service(bool sendsMail) =>
        new(bench.North.Address, callers, bench.Chain, bench.Book, sendsMail, bench.Clock);

    private NoticeAddresses Wish(string webhook, string mail) =>
        new() { Learner = Learner(), Webhook = webhook, Mail = mail };

    private NoticeQuery Query() => new() { Learner = Learner() };

    private ByteString Learner() => ByteString.CopyFrom(bench.Learner.Address.ToArray());

    private static void Refused(StatusCode code, Action ask) =>
        Assert.That(Assert.Throws<RpcException>(ask)?.StatusCode, Is.EqualTo(code));

    private CallContext Call(SigningKey caller)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(caller.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(caller.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(caller.Sign(
                CallerMessages.Digest(bench.Ledger.ChainId, bench.North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
