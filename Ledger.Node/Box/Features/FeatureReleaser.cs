using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Computes features for a request that was found to have the right, over all records that the right opens, as they
/// stand at one head, and signs them with this institution's key. No record leaves. Rules of
/// <c>docs/feature-packets.md</c>.
/// </summary>
public sealed class FeatureReleaser(
    Hash256 chainId, SigningKey identity, ChainReader reader, ProofMaker proofs, FeatureScan scan)
{
    /// <summary>
    /// Records of one packet, over all verbs and writers: some seconds of a box's time, and the years of a learner at a
    /// school. How many there are is on the ledger, so that the refusal tells nothing.
    /// </summary>
    public const ulong RecordsMax = 50_000;

    /// <summary>The packet, or why there is none.</summary>
    public async Task<(ReleasedAnswer? Answer, BoxRefusal? Refusal)> ReleaseAsync(
        LedgerHead head,
        BoxRequest request,
        BoxRequestBody body,
        IReadOnlyList<VerbPermit> permits,
        CancellationToken cancellation)
    {
        if (permits.Sum(verb => verb.Writers.Sum(writer => CountOf(head, verb.Llpc, writer))) > RecordsMax)
        {
            return (null, BoxRefusals.TooManyRecords);
        }

        InstanceSeries keys = StateKeys.SigningKeys(identity.Address);
        ulong open = head.State.OpenNumber(keys);
        if (head.State.CurrentKey(identity.Address) != identity.PublicKey
            || open == 0
            || proofs.State(head, keys.At(open).Raw.ToArray()) is not { } key)
        {
            // Another key stands on the ledger than this node has, or no block yet: nobody could verify a packet.
            return (null, BoxRefusals.NotFresh);
        }

        FeatureBody features = new()
        {
            ChainId = chainId.ToField(),
            Box = identity.Address.ToField(),
            Reader = body.Reader,
            Learner = body.Learner,
            Purpose = body.Purpose,
            Request = BoxMessages.RequestDigest(chainId, request.Body.Span).ToField(),
            Height = head.Height,
            BlockHash = BlockHeader.HashOf(key.Block.Header.Span).ToField(),
            BlockTimeUnixMs = head.Header.TimeUnixMs,
            Definition = FeatureDefinition.Version,
        };
        foreach (VerbPermit verb in permits)
        {
            if (await ReleaseAsync(head, verb, cancellation) is not { } counted)
            {
                return (null, BoxRefusals.NotFresh);
            }

            features.Verbs.Add(counted);
        }

        return (ReleasedAnswer.Of(Sign(features, key), features), null);
    }

    // Null where records were erased after the head: it is to be asked again.
    private async Task<VerbFeatures?> ReleaseAsync(
        LedgerHead head, VerbPermit verb, CancellationToken cancellation)
    {
        FeatureCounter counter = new(head.Header.TimeUnixMs);
        VerbFeatures answer = new() { Verb = verb.Llpc.Verb };
        foreach (WriterPermit writer in verb.Writers)
        {
            RecordRange range = head.State.RecordRange(verb.Llpc, writer.Writer);
            IReadOnlyList<IRangeLeaf> leaves = reader.Records(verb.Llpc, writer.Writer, range.Count);
            if (RangeLeaf.HaveErasedAfter(leaves, head.Height))
            {
                return null;
            }

            FeatureRange counted = new()
            {
                Writer = writer.Writer.ToField(),
                Range = range,
                RangeProof = head.State.Tree.Prove(StateKeys.RecordRange(verb.Llpc, writer.Writer).Hash),
                Erased = range.Erased,
            };
            await scan.CountAsync(
                writer, leaves, counted, counter, cancellation);
            answer.Ranges.Add(counted);
        }

        answer.Features = counter.ToFeatures();
        return answer;
    }

    private FeaturePacket Sign(FeatureBody features, StateEvidence key)
    {
        byte[] bytes = features.ToByteArray();
        return new FeaturePacket
        {
            Version = ProofVerifier.Version,
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Key = key,
            Signature = UnsafeByteOperations.UnsafeWrap(identity.Sign(FeatureMessages.Digest(chainId, bytes))),
        };
    }

    private static decimal CountOf(LedgerHead head, LlpcName llpc, WriterPermit writer) =>
        head.State.RecordRange(llpc, writer.Writer).Count;
}
