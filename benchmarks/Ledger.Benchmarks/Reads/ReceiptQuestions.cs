using Google.Protobuf;
using Ledger.Benchmarks.Running;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// Asks a node for receipts by transaction id, as a member with its proof: header, certificate, Merkle path and
/// changes of set, from which the receipt verifies offline.
/// </summary>
public static class ReceiptQuestions
{
    private const string Service = "/ledger.api.v1.LedgerNode/";

    /// <summary>Questions for transactions of the member's institution, at its own node.</summary>
    public static async Task<IReadOnlyList<RawRequest>> OfAsync(
        Hash256 chainId, BenchmarkMember member, RawCaller caller, IEnumerable<Hash256> ids,
        CancellationToken cancellation)
    {
        byte[] answer = await caller.CallAsync(
            new RawRequest(Service + "GetChallenge", [], GrpcFrame.Of(new ChallengeRequest())), cancellation);
        Challenge challenge = Challenge.Parser.ParseFrom(GrpcFrame.MessageOf(answer).Span);
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(member.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(member.Key.PublicKey.ToArray()),
            Challenge = challenge.Challenge_,
            Signature = ByteString.CopyFrom(member.Key.Sign(
                CallerMessages.Digest(chainId, challenge.Node.Span, challenge.Challenge_.Span))),
        };
        (string, string)[] headers = [(CallerMessages.MetadataKey, Convert.ToBase64String(proof.ToByteArray()))];
        return [.. ids.Select(id => new RawRequest(
            Service + "GetReceipt", headers,
            GrpcFrame.Of(new ReceiptRequest { TransactionId = ByteString.CopyFrom(id.ToArray()) })))];
    }

    /// <summary>Verifies one answer offline, against the genesis document.</summary>
    /// <exception cref="BenchmarkException">It does not verify.</exception>
    public static void RequireProof(byte[] answer, byte[] genesis)
    {
        Receipt receipt = Receipt.Parser.ParseFrom(GrpcFrame.MessageOf(answer).Span);
        Invariant.That(TrustRoot.TryFromGenesis(genesis, out TrustRoot? trust));
        VerificationReport report = ProofVerifier.Verify(new ProofFile { Receipt = receipt }.ToByteArray(), trust);
        if (report.Verdict != Verdict.Passed)
        {
            throw new BenchmarkException("A receipt does not verify: "
                + string.Join("; ", report.Steps.Select(step => $"{step.Name} {step.Verdict}")));
        }
    }
}
