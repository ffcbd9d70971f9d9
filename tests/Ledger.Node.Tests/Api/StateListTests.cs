using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>Everything below a prefix of the state, page by page, proved where that is asked for.</summary>
public sealed class StateListTests
{
    private const int VerbCount = 7;
    private readonly ManualClock clock = new();
    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey other = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private CallerAuthentication callers = null!;
    private InspectionService service = null!;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        ChainReader reader = new(folder.Database);
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, clock);
        service = new InspectionService(
            callers,
            blocks.Chain,
            new Node.Api.StateLists(reader, new ProofMaker(ledger.GenesisBytes, reader)),
            new BlockQueries(blocks.Chain, reader),
            new EventQueries(blocks.Chain, reader));
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

    [TestCase(1u)]
    [TestCase(3u)]
    [TestCase(500u)]
    public void Pages_of_any_size_hold_each_key_once_and_in_order(uint size)
    {
        DecideLearner();
        List<ListedState> entries = All(Prefix(StateKind.Llpc), size, withProofs: false);

        Assert.That(entries, Has.Count.EqualTo(VerbCount));
        Assert.That(
            entries.Select(entry => Convert.ToHexString(entry.Key.Span)),
            Is.Ordered.Using<string>(string.CompareOrdinal));
        Assert.That(entries.Select(entry => Llpc.Parser.ParseFrom(entry.Value).Verb), Is.EquivalentTo(Verbs));
    }

    [Test]
    public void Each_entry_is_told_as_it_is_at_the_head_that_the_page_names()
    {
        DecideLearner();
        LedgerHead before = blocks.Chain.Head;
        blocks.Decide(TestLedger.Time + 4_000, Signed(learner, Operations.UicInsert(learner.Address, Verbs[0])));
        ChainReader reader = new(folder.Database);
        Node.Api.StateLists lists = new(reader, new ProofMaker(ledger.GenesisBytes, reader));

        StatePage old = lists.Page(new StateListRequest { Prefix = Prefix(StateKind.UserIndexEntry) }, before);
        StatePage now = Ask(North, Prefix(StateKind.UserIndexEntry));

        Assert.That(old.Height, Is.EqualTo(3));
        Assert.That(old.Entries, Is.Empty, "what only a later block holds");
        Assert.That(now.Height, Is.EqualTo(4));
        Assert.That(now.BlockHash.ToByteArray(), Is.EqualTo(blocks.Chain.Head.BlockHash.ToArray()));
        Assert.That(now.Entries, Has.Count.EqualTo(2), "a counter and an instance");
    }

    [Test]
    public void With_proofs_each_entry_is_a_file_that_verifies_alone()
    {
        DecideLearner();
        StatePage page = Ask(North, Prefix(StateKind.Llpc), withProofs: true);
        Assert.That(TrustRoot.TryFromGenesis(ledger.GenesisBytes, out TrustRoot? trust), Is.True);

        foreach (ListedState entry in page.Entries)
        {
            StateEvidence evidence = new()
            {
                Version = ProofVerifier.Version,
                Membership = page.Membership,
                Block = page.Block,
                Key = entry.Key,
                Value = entry.Value,
                Proof = entry.Proof,
            };
            byte[] file = new ProofFile { State = evidence }.ToByteArray();
            Assert.That(ProofVerifier.Verify(file, trust!).Verdict, Is.EqualTo(Verdict.Passed));
        }

        Assert.That(page.Entries, Has.Count.EqualTo(VerbCount));
    }

    [Test]
    public void Before_the_first_block_nothing_can_be_proved() =>
        Refused(StatusCode.NotFound, () => Ask(North, [(byte)StateKind.Institution], withProofs: true));

    [Test]
    public void A_learner_lists_its_own_keys_and_nobody_elses() => Assert.Multiple(() =>
    {
        DecideLearner();
        Assert.That(Ask(learner, Prefix(StateKind.Llpc)).Entries, Has.Count.EqualTo(VerbCount));
        Assert.That(Ask(other, [(byte)StateKind.Institution]).Entries, Has.Count.EqualTo(4), "public");
        Refused(StatusCode.PermissionDenied, () => Ask(other, Prefix(StateKind.Llpc)));
        Refused(StatusCode.PermissionDenied, () => Ask(learner, [(byte)StateKind.Llpc]));
        Refused(StatusCode.PermissionDenied, () => Ask(other, [0xff]));
    });

    [Test]
    public void What_is_no_question_is_refused() => Assert.Multiple(() =>
    {
        DecideLearner();
        Refused(StatusCode.InvalidArgument, () => Ask(North, []));
        Refused(StatusCode.InvalidArgument, () => Ask(North, new byte[Node.Api.StateLists.PrefixBytesMax + 1]));
        Refused(StatusCode.InvalidArgument, () => Ask(North, Prefix(StateKind.Llpc), limit: ApiLimits.PageMax + 1));
        Refused(StatusCode.InvalidArgument, () => service.ListState(
            new StateListRequest
            {
                Prefix = Prefix(StateKind.Llpc), Page = new PageRequest { Cursor = Prefix(StateKind.Grant) },
            },
            Call(North)));
    });

    private static string[] Verbs { get; } =
        [.. Enumerable.Range(0, VerbCount).Select(number => $"https://example.org/verb/{number}")];

    private ByteString Prefix(StateKind kind) => ByteString.CopyFrom(StateKeys.Prefix(kind, learner.Address));

    private List<ListedState> All(ByteString prefix, uint size, bool withProofs)
    {
        List<ListedState> entries = [];
        StateListRequest request = new()
        {
            Prefix = prefix, Page = new PageRequest { Limit = size }, WithProofs = withProofs,
        };
        do
        {
            StatePage page = service.ListState(request, Call(North)).Result;
            Assert.That(page.Entries, Has.Count.LessThanOrEqualTo((int)size));
            entries.AddRange(page.Entries);
            request.Page.Cursor = page.Cursor;
        }
        while (!request.Page.Cursor.IsEmpty);
        return entries;
    }

    private StatePage Ask(SigningKey caller, byte[] prefix, bool withProofs = false, int limit = 0) =>
        Ask(caller, ByteString.CopyFrom(prefix), withProofs, limit);

    private StatePage Ask(SigningKey caller, ByteString prefix, bool withProofs = false, int limit = 0) =>
        service.ListState(
            new StateListRequest
            {
                Prefix = prefix, WithProofs = withProofs, Page = new PageRequest { Limit = (uint)limit },
            },
            Call(caller)).Result;

    private static void Refused(StatusCode code, Action ask) =>
        Assert.That(Assert.Throws<RpcException>(ask)?.StatusCode, Is.EqualTo(code));

    private void DecideLearner()
    {
        blocks.Decide(
            TestLedger.Time + 1_000, Signed(learner, Operations.UicCreate()), Signed(other, Operations.UicCreate()));
        blocks.Decide(
            TestLedger.Time + 2_000,
            ledger.Signed([learner, North], Operations.Enrol(learner.Address, North.Address)));
        blocks.Decide(
            TestLedger.Time + 3_000,
            Signed(North, [.. Verbs.Select(verb => Operations.LlpcCreate(learner.Address, verb))]));
    }

    private ParsedTransaction Signed(SigningKey key, params Operation[] operations) => ledger.Signed([key], operations);

    private CallContext Call(SigningKey key)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(key.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
