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
        Caller caller = callers.Identify(context);
        Hash256 id = Refusals.HashOf(request.TransactionId, "transaction_id");
        if (outcomes.Stored(id) is { } outcome)
        {
            RequireParty(caller, id);
            return Task.FromResult(outcome);
        }

        return Task.FromResult(new Outcome
        {
            TransactionId = request.TransactionId,
            State = status.IsPending(id) ? OutcomeState.Pending : OutcomeState.Unknown,
        });
    }

    /// <inheritdoc/>
    public override Task<Receipt> GetReceipt(ReceiptRequest request, ServerCallContext context)
    {
        Caller caller = callers.Identify(context);
        Hash256 id = Refusals.HashOf(request.TransactionId, "transaction_id");
        RequireParty(caller, id);
        return Task.FromResult(proofs.Receipt(id, request.Group, request.Operation)
            ?? throw Refusals.NotFound(
                $"no decided operation {request.Group}.{request.Operation} of transaction {id}{proofs.Reservation}"));
    }

    /// <inheritdoc/>
    public override Task<TransactionView> GetTransaction(TransactionRequest request, ServerCallContext context)
    {
        Caller caller = callers.Identify(context);
        TransactionView view =
            blocks.Transaction(Refusals.HashOf(request.TransactionId, "transaction_id"), outcomes);
        caller.RequirePartyOf(view.Transaction);
        return Task.FromResult(view);
    }

    /// <inheritdoc/>
    public override Task<BlockView> GetBlock(BlockRequest request, ServerCallContext context)
    {
        Caller? caller = request.WithTransactions || CallerAuthentication.IsProved(context)
            ? callers.Identify(context)
            : null;
        if (request.WithTransactions)
        {
            caller!.RequireMember();
        }

        BlockView view = blocks.Block(request.Height, request.WithTransactions);
        view.TransactionCount = (uint)view.TransactionIds.Count;
        if (caller is not { IsMember: true })
        {
            // An id is all that it takes to ask for a transaction: it is for those who may.
            view.TransactionIds.Clear();
        }

        return Task.FromResult(view);
    }

    /// <inheritdoc/>
    public override Task WatchBlocks(
        WatchRequest request, IServerStreamWriter<BlockSummary> responseStream, ServerCallContext context) =>
        blocks.WatchAsync(request.FromHeight, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<StateEvidence> GetState(StateRequest request, ServerCallContext context)
    {
        Caller caller = callers.Identify(context);
        if (request.Key.IsEmpty)
        {
            throw Refusals.Argument("key", "a raw key of the state is needed");
        }

        LedgerHead head = chain.Head;
        caller.RequireKey(head.State, request.Key.Span);
        return Task.FromResult(proofs.State(head, request.Key.ToByteArray())
            ?? throw Refusals.NotFound("the chain has no certified block yet"));
    }

    /// <inheritdoc/>
    public override Task<InstitutionPage> ListInstitutions(PageRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Institutions(request));
    }

    /// <inheritdoc/>
    public override Task<InstitutionView> GetInstitution(AddressRequest request, ServerCallContext context)
    {
        callers.Require(context);
        return Task.FromResult(state.Institution(Refusals.AddressOf(request.Address, "address")));
    }

    /// <inheritdoc/>
    public override Task<LearnerView> GetLearner(AddressRequest request, ServerCallContext context)
    {
        Address learner = About(context, request.Address, "address");
        return Task.FromResult(state.Learner(learner));
    }

    /// <inheritdoc/>
    public override Task<IndexPage> ListUic(UicRequest request, ServerCallContext context)
    {
        About(context, request.Learner, "learner");
        return Task.FromResult(state.Uic(request));
    }

    /// <inheritdoc/>
    public override Task<IndexPage> ListPic(PicRequest request, ServerCallContext context)
    {
        About(context, request.Provider, "provider");
        return Task.FromResult(state.Pic(request));
    }

    /// <inheritdoc/>
    public override Task<LlpcView> GetLlpc(LlpcQuery request, ServerCallContext context)
    {
        Address learner = About(context, request.Learner, "learner");
        return Task.FromResult(state.Llpc(learner, Refusals.VerbOf(request.Verb)));
    }

    /// <inheritdoc/>
    public override Task<RequestPage> ListRequests(RequestsQuery request, ServerCallContext context)
    {
        About(context, request.Learner, "learner");
        return Task.FromResult(state.Requests(request));
    }

    // Whom a question is about, where the caller may ask about that party.
    private Address About(ServerCallContext context, ByteString field, string name)
    {
        Caller caller = callers.Identify(context);
        Address subject = Refusals.AddressOf(field, name);
        caller.RequireAbout(subject);
        return subject;
    }

    private void RequireParty(Caller caller, Hash256 transactionId)
    {
        if (!caller.IsMember)
        {
            caller.RequirePartyOf(blocks.Transaction(transactionId, outcomes).Transaction);
        }
    }
}
