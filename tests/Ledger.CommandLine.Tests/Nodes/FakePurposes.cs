using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Sealing;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Keeps what requests are for, and shows it sealed to one learner's key.</summary>
internal sealed class FakePurposes : RequestPurposes.RequestPurposesBase
{
    public List<LearnerPurpose> Kept { get; } = [];

    /// <summary>In whose name the last ones were handed over.</summary>
    public ByteString InNameOf { get; private set; } = ByteString.Empty;

    /// <summary>The key to which words are sealed.</summary>
    public PublicKeyBytes? LearnerKey { get; set; }

    public override Task<KeepPurposesReply> KeepPurposes(LearnerPurposes request, ServerCallContext context)
    {
        InNameOf = CallerProof.Parser.ParseFrom(
            context.RequestHeaders.GetValueBytes(CallerMessages.MetadataKey) ?? []).Institution;
        Kept.AddRange(request.Purposes);
        return Task.FromResult(new KeepPurposesReply());
    }

    public override Task<PurposeContents> OpenPurposes(PurposeQuery request, ServerCallContext context)
    {
        PurposeContents contents = new();
        contents.Contents.AddRange(Kept
            .Where(one => request.Commitments.Contains(
                ByteString.CopyFrom(RequestPurpose.CommitmentOf(one.Opening).ToArray())))
            .Select(one => new PurposeContent
            {
                Commitment = ByteString.CopyFrom(RequestPurpose.CommitmentOf(one.Opening).ToArray()),
                Content = SealedMessages.Seal(
                    one.Opening.ToByteArray(),
                    [(new Address(request.Learner.Span), LearnerKey!.Value)],
                    RequestPurpose.Seal),
            }));
        return Task.FromResult(contents);
    }
}
