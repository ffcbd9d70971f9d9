using Google.Protobuf;
using Ledger.Benchmarks.Running;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// Questions that a node answers with a proof which verifies offline, as a member asks them: with the proof of who it
/// is, which holds for ten minutes.
/// </summary>
public sealed class NodeQuestions
{
    private const string Service = "/ledger.api.v1.LedgerNode/";

    private readonly (string Name, string Value)[] headers;

    private NodeQuestions(CallerProof proof)
    {
        headers = [(CallerMessages.MetadataKey, Convert.ToBase64String(proof.ToByteArray()))];
    }

    /// <summary>Proves a member to its own node.</summary>
    public static async Task<NodeQuestions> OfAsync(
        Hash256 chainId, BenchmarkMember member, RawCaller caller, CancellationToken cancellation)
    {
        byte[] answer = await caller.CallAsync(
            new RawRequest(Service + "GetChallenge", [], GrpcFrame.Of(new ChallengeRequest())), cancellation);
        Challenge challenge = Challenge.Parser.ParseFrom(GrpcFrame.MessageOf(answer).Span);
        return new NodeQuestions(new CallerProof
        {
            Address = ByteString.CopyFrom(member.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(member.Key.PublicKey.ToArray()),
            Challenge = challenge.Challenge_,
            Signature = ByteString.CopyFrom(member.Key.Sign(
                CallerMessages.Digest(chainId, challenge.Node.Span, challenge.Challenge_.Span))),
        });
    }

    /// <summary>
    /// The receipt of a transaction's first operation: header, certificate, Merkle path and changes of set.
    /// </summary>
    public RawRequest ReceiptOf(Hash256 id) => new(
        Service + "GetReceipt", headers,
        GrpcFrame.Of(new ReceiptRequest { TransactionId = ByteString.CopyFrom(id.ToArray()) }));

    /// <summary>The value of a key with its path to the state root of the head.</summary>
    public RawRequest StateOf(StateKey key) => new(
        Service + "GetState", headers, GrpcFrame.Of(new StateRequest { Key = ByteString.CopyFrom(key.Raw.Span) }));

    /// <summary>Verifies an answer offline, against the genesis document.</summary>
    /// <exception cref="BenchmarkException">It does not verify.</exception>
    public static void RequireReceipt(byte[] answer, byte[] genesis) => Require(
        new ProofFile { Receipt = Receipt.Parser.ParseFrom(GrpcFrame.MessageOf(answer).Span) }, genesis);

    /// <summary>Verifies an answer offline, against the genesis document.</summary>
    /// <exception cref="BenchmarkException">It does not verify.</exception>
    public static void RequireState(byte[] answer, byte[] genesis) => Require(
        new ProofFile { State = StateEvidence.Parser.ParseFrom(GrpcFrame.MessageOf(answer).Span) }, genesis);

    private static void Require(ProofFile file, byte[] genesis)
    {
        Invariant.That(TrustRoot.TryFromGenesis(genesis, out TrustRoot? trust));
        VerificationReport report = ProofVerifier.Verify(file.ToByteArray(), trust);
        if (report.Verdict != Verdict.Passed)
        {
            throw new BenchmarkException("An answer does not verify: "
                + string.Join("; ", report.Steps.Select(step => $"{step.Name} {step.Verdict}")));
        }
    }
}
