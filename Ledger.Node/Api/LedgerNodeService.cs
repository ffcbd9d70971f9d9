using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>The public API: finds out who asks, and hands the question to the room that answers it.</summary>
public sealed class LedgerNodeService(
    NodeStatusSource status,
    byte[] genesis,
    Hash256 chainId,
    Address node,
    CallerAuthentication callers,
    Submissions submissions,
    OutcomeTracker outcomes,
    ProofMaker proofs,
    BlockQueries blocks,
    StateQueries state,
    ChainState chain) : LedgerNode.LedgerNodeBase
{
    /// <inheritdoc/>
    public override Task<NodeStatus> GetStatus(StatusRequest request, ServerCallContext context) =>
        Task.FromResult(status.Now());

    /// <inheritdoc/>
    public override Task<GenesisReply> GetGenesis(GenesisRequest request, ServerCallContext context) =>
        Task.FromResult(new GenesisReply { Genesis = ByteString.CopyFrom(genesis) });

    /// <inheritdoc/>
    public override Task<Challenge> GetChallenge(ChallengeRequest request, ServerCallContext context) =>
        Task.FromResult(new Challenge
        {
            Challenge_ = ByteString.CopyFrom(callers.NewChallenge()),
            Node = ByteString.CopyFrom(node.ToArray()),
            ChainId = ByteString.CopyFrom(chainId.ToArray()),
        });

    /// <inheritdoc/>
    public override Task<Outcome> Submit(SubmitRequest request, ServerCallContext context) =>
        submissions.SubmitAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task SubmitStream(
        IAsyncStreamReader<SubmitRequest> requestStream,
        IServerStreamWriter<Outcome> responseStream,
        ServerCallContext context) =>
        submissions.StreamAsync(requestStream, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SubmitSummary> SubmitAll(
        IAsyncStreamReader<SubmitRequest> requestStream, ServerCallContext context) =>
        submissions.SubmitAllAsync(requestStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Outcome> GetOutcome(TransactionRequest request, ServerCallContext context)
    {
        Hash256 id = Refusals.HashOf(request.TransactionId, "transaction_id");
        return Task.FromResult(outcomes.Stored(id) ?? new Outcome
        {
            TransactionId = request.TransactionId,
            State = status.IsPending(id) ? OutcomeState.Pending : OutcomeState.Unknown,
        });
    }

    /// <inheritdoc/>
    public override Task<Receipt> GetReceipt(ReceiptRequest request, ServerCallContext context)
    {
        callers.Require(context);
        Hash256 id = Refusals.HashOf(request.TransactionId, "transaction_id");
        return Task.FromResult(proofs.Receipt(id, request.Group, request.Operation)
            ?? throw Refusals.NotFound(
                $"no decided operation {request.Group}.{request.Operation} of transaction {id}"));
    }

    /// <inheritdoc/>
    public override Task<TransactionView> GetTransaction(TransactionRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(blocks.Transaction(Refusals.HashOf(request.TransactionId, "transaction_id"), outcomes));
    }

    /// <inheritdoc/>
    public override Task<BlockView> GetBlock(BlockRequest request, ServerCallContext context)
    {
        if (request.WithTransactions)
        {
            callers.Require(context);
        }

        return Task.FromResult(blocks.Block(request.Height, request.WithTransactions));
    }

    /// <inheritdoc/>
    public override Task WatchBlocks(
        WatchRequest request, IServerStreamWriter<BlockSummary> responseStream, ServerCallContext context) =>
        blocks.WatchAsync(request.FromHeight, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<StateEvidence> GetState(StateRequest request, ServerCallContext context)
    {
        callers.Require(context);
        if (request.Key.IsEmpty)
        {
            throw Refusals.Argument("key", "a raw key of the state is needed");
        }

        return Task.FromResult(proofs.State(chain.Head, request.Key.ToByteArray())
            ?? throw Refusals.NotFound("the chain has no certified block yet"));
    }

    /// <inheritdoc/>
    public override Task<InstitutionPage> ListInstitutions(PageRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Institutions(request));
    }

    /// <inheritdoc/>
    public override Task<InstitutionView> GetInstitution(AddressRequest request, ServerCallContext context) =>
        Task.FromResult(state.Institution(Refusals.AddressOf(request.Address, "address")));

    /// <inheritdoc/>
    public override Task<LearnerView> GetLearner(AddressRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Learner(Refusals.AddressOf(request.Address, "address")));
    }

    /// <inheritdoc/>
    public override Task<IndexPage> ListUic(UicRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Uic(request));
    }

    /// <inheritdoc/>
    public override Task<IndexPage> ListPic(PicRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Pic(request));
    }

    /// <inheritdoc/>
    public override Task<LlpcView> GetLlpc(LlpcQuery request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(
            state.Llpc(Refusals.AddressOf(request.Learner, "learner"), Refusals.VerbOf(request.Verb)));
    }

    /// <inheritdoc/>
    public override Task<RequestPage> ListRequests(RequestsQuery request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Requests(request));
    }
}
