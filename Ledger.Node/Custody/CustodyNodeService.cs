using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Custody;

/// <summary>Hands records over to custodians, and takes them in; answers the node's own institution alone.</summary>
public sealed class CustodyNodeService(
    Hash256 chainId,
    Address self,
    CallerAuthentication callers,
    ChainState chain,
    CustodyExport exporting,
    CustodyImport importing,
    TrailImport trail,
    EncryptionKey own,
    TimeProvider time) : CustodyNode.CustodyNodeBase
{
    private const string NoAgreement = "NO_AGREEMENT: no agreement on custody is in force between the two";

    /// <inheritdoc/>
    public override Task<NodeKey> GetNodeKey(NodeKeyRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        return Task.FromResult(new NodeKey { PublicKey = ByteString.CopyFrom(own.PublicKey) });
    }

    /// <inheritdoc/>
    public override Task<ExportPortion> Export(ExportRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        LedgerHead head = chain.Head;
        Address custodian = Refusals.AddressOf(request.Custodian, "custodian");
        PublicKeyBytes key = head.State.CurrentEncryptionKey(custodian) ?? throw Refused(
            StatusCode.FailedPrecondition,
            "NO_ENCRYPTION_KEY: the custodian has published no key to seal to; it runs `ledger key publish --node`");
        if (!head.State.IsMember(custodian))
        {
            throw Refused(StatusCode.FailedPrecondition, NoAgreement);
        }

        return Task.FromResult(exporting.Portion(
            head, custodian, key, request.Cursor.ToByteArray(), head.NextTimeUnixMs(time)));
    }

    /// <inheritdoc/>
    public override Task<ImportReply> Import(ImportRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        if (request.Content is null
            || SealedMessages.Open(request.Content, own, CustodyFile.Purpose) is not { } bytes
            || !CanonicalMessage.TryParse(CustodyPortion.Parser, bytes, out CustodyPortion? portion)
            || !IsWellFormed(portion))
        {
            throw Refused(
                StatusCode.InvalidArgument, "content: not a portion of records that is sealed to this node");
        }

        LedgerHead head = chain.Head;
        return CustodyRules.IsCustodian(
            head.State, self, portion.Learner.ToAddress(), portion.Writer.ToAddress(), head.NextTimeUnixMs(time))
                ? Task.FromResult(
                    portion.Reads.Count == 0 ? importing.Take(head, portion) : trail.Take(head, portion))
                : throw Refused(StatusCode.FailedPrecondition, NoAgreement);
    }

    private bool IsWellFormed(CustodyPortion portion) =>
        portion.ChainId.Span.SequenceEqual(chainId.ToArray())
        && portion.Writer.Length == Address.Size
        && portion.Learner.Length == Address.Size
        && (portion.Reads.Count == 0
            ? TextForm.IsVerb(portion.Verb) && portion.Records.Count <= CustodyExport.PortionRecordsMax
            : portion.Verb.Length == 0
                && portion.Records.Count == 0
                && portion.Reads.Count <= TrailExport.PortionReadsMax);

    private void RequireOwner(ServerCallContext context)
    {
        if (callers.Require(context) != self)
        {
            throw Refused(
                StatusCode.PermissionDenied, "NOT_YOURS: a node hands over and takes in for its own institution alone");
        }
    }

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
