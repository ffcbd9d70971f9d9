using System.Net;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>
/// The API of the first school's node in this process: it answers from a fake ledger, and executes at once what is
/// handed in.
/// </summary>
internal sealed class FakeNode : LedgerNode.LedgerNodeBase, IAsyncDisposable
{
    private WebApplication? application;
    private Func<StateKey, StateEvidence>? prove;

    private FakeNode()
    {
        Inspection = new FakeInspection(Ledger);
        ChainId = Ledger.ChainId;
    }

    /// <summary>The chain that the node says it is of.</summary>
    public Hash256 ChainId { get; private set; }

    public FakeLedger Ledger { get; } = new();

    public FakeInspection Inspection { get; }

    public FakeAccounts Accounts { get; } = new();

    public FakePurposes Purposes { get; } = new();

    public FakeCustody Custody { get; } = new();

    public FakeTrail Trail { get; } = new();

    public FakeInstitution Institution { get; } = new();

    public FakeRecords Records { get; } = new();

    public FakeEarlier Earlier { get; } = new();

    public FakeNotices Notices { get; } = new();

    public FakeDisclosures Disclosures { get; } = new();

    public FakeCopies Copies { get; } = new();

    public FakeLimits Limits { get; } = new();

    public FakeErasure Erasure { get; } = new();

    /// <summary>What was handed in, in order.</summary>
    public List<TransactionBody> Submitted { get; } = [];

    /// <summary>The operations of the last transaction, with who acts in each.</summary>
    public IReadOnlyList<Operation> LastOperations =>
        [.. Submitted[^1].Groups.SelectMany(static group => group.Operations)];

    /// <summary>The only operation of the last transaction.</summary>
    public Operation Last => LastOperations.Single();

    /// <summary>What the next submissions are answered, instead of being executed.</summary>
    public Queue<Outcome> Outcomes { get; } = new();

    /// <summary>The newest rules that the node says it knows.</summary>
    public uint RulesKnown { get; set; } = 1;

    /// <summary>For how long its agreement does not come back.</summary>
    public uint StuckSeconds { get; set; }

    public string Uri => application!.Urls.Single();

    /// <summary>From now on the node is of another chain, and proves what its state holds.</summary>
    public void Prove(Hash256 chainId, Func<StateKey, StateEvidence> evidence)
    {
        ChainId = chainId;
        prove = evidence;
    }

    public static async Task<FakeNode> StartAsync()
    {
        FakeNode node = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(node).AddSingleton(node.Inspection).AddSingleton(node.Accounts)
            .AddSingleton(node.Purposes).AddSingleton(node.Custody).AddSingleton(node.Trail)
            .AddSingleton(node.Institution).AddSingleton(node.Records).AddSingleton(node.Disclosures)
            .AddSingleton(node.Copies).AddSingleton(node.Limits).AddSingleton(node.Earlier).AddSingleton(node.Notices)
            .AddSingleton(node.Erasure).AddGrpc();
        node.application = builder.Build();
        node.application.MapGrpcService<FakeNode>();
        node.application.MapGrpcService<FakeInspection>();
        node.application.MapGrpcService<FakeAccounts>();
        node.application.MapGrpcService<FakePurposes>();
        node.application.MapGrpcService<FakeCustody>();
        node.application.MapGrpcService<FakeTrail>();
        node.application.MapGrpcService<FakeInstitution>();
        node.application.MapGrpcService<FakeRecords>();
        node.application.MapGrpcService<FakeEarlier>();
        node.application.MapGrpcService<FakeNotices>();
        node.application.MapGrpcService<FakeDisclosures>();
        node.application.MapGrpcService<FakeCopies>();
        node.application.MapGrpcService<FakeLimits>();
        node.application.MapGrpcService<FakeErasure>();
        await node.application.StartAsync();
        return node;
    }

    public override Task<NodeStatus> GetStatus(StatusRequest request, ServerCallContext context) =>
        Task.FromResult(new NodeStatus
        {
            ChainId = ChainId.ToField(),
            Institution = Ledger.Keys[0].Address.ToField(),
            Height = Ledger.Height,
            HeadTimeUnixMs = Ledger.TimeUnixMs,
            RulesKnown = RulesKnown,
            StuckSeconds = StuckSeconds,
            RulesInForce = 1,
        });

    public override Task<GenesisReply> GetGenesis(GenesisRequest request, ServerCallContext context) =>
        Task.FromResult(new GenesisReply { Genesis = ByteString.CopyFrom(Ledger.GenesisBytes) });

    public override Task<Challenge> GetChallenge(ChallengeRequest request, ServerCallContext context) =>
        Task.FromResult(new Challenge
        {
            Challenge_ = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
            Node = Ledger.Keys[0].Address.ToField(),
            ChainId = ChainId.ToField(),
        });

    public override Task<Outcome> Submit(SubmitRequest request, ServerCallContext context)
    {
        Contracts.Transactions.ParsedTransaction transaction = Ledger.Read(request.Transaction.ToByteArray());
        Submitted.Add(transaction.Body);
        if (Outcomes.TryDequeue(out Outcome? prepared))
        {
            return Task.FromResult(prepared);
        }

        Outcome outcome = new() { State = OutcomeState.Decided, TransactionId = transaction.Id.ToField() };
        outcome.Operations.AddRange(Ledger.Execute(transaction).Select(static one => new OperationOutcome
        {
            Group = (uint)one.Place.Group, Operation = (uint)one.Place.Operation, Result = one.Result,
        }));
        outcome.Height = Ledger.Height;
        return Task.FromResult(outcome);
    }

    public override Task<StateEvidence> GetState(StateRequest request, ServerCallContext context) =>
        Task.FromResult(prove is not null ? prove(new StateKey(request.Key.Memory)) : new StateEvidence
        {
            Key = request.Key,
            Value = Ledger.State.TryGet(new StateKey(request.Key.Memory), out ReadOnlyMemory<byte> value)
                ? ByteString.CopyFrom(value.Span)
                : ByteString.Empty,
        });

    public override Task<InstitutionPage> ListInstitutions(PageRequest request, ServerCallContext context)
    {
        InstitutionPage page = new();
        page.Institutions.AddRange(Ledger.Below(ByteString.CopyFrom((byte)StateKind.Institution))
            .Select(entry => View(new Address(entry.Key.Raw.Span[1..]))!));
        return Task.FromResult(page);
    }

    public override Task<InstitutionView> GetInstitution(AddressRequest request, ServerCallContext context) =>
        Task.FromResult(View(new Address(request.Address.Span)) ?? throw NotFound());

    public override Task<LearnerView> GetLearner(AddressRequest request, ServerCallContext context)
    {
        Address address = new(request.Address.Span);
        return Task.FromResult(new LearnerView
        {
            Address = request.Address,
            Learner = Ledger.State.Learner(address) ?? throw NotFound(),
            PublicKey = Ledger.State.CurrentKey(address)?.ToField() ?? ByteString.Empty,
        });
    }

    public override Task<RequestPage> ListRequests(RequestsQuery request, ServerCallContext context)
    {
        RequestPage page = new();
        foreach (StateChange entry in Ledger.Below(ByteString.CopyFrom(
            StateKeys.Prefix(StateKind.Llpc, new Address(request.Learner.Span)))))
        {
            Llpc llpc = Llpc.Parser.ParseFrom(entry.Value.Span);
            LlpcName name = new(new Address(request.Learner.Span), llpc.Verb);
            page.Requests.AddRange(llpc.Pending.Select(pending => new RequestView
            {
                Learner = request.Learner,
                Verb = llpc.Verb,
                Number = pending.Number,
                Request = Ledger.State.Request(name, pending.Number),
            }));
        }

        return Task.FromResult(page);
    }

    public async ValueTask DisposeAsync()
    {
        await application!.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
        Ledger.Dispose();
    }

    private InstitutionView? View(Address address)
    {
        if (Ledger.State.Institution(address) is not { } institution)
        {
            return null;
        }

        InstitutionView view = new()
        {
            Address = address.ToField(),
            Institution = institution,
            PublicKey = Ledger.State.CurrentKey(address)?.ToField() ?? ByteString.Empty,
            Ballot = institution.Ballot == 0 ? null : Ledger.State.Ballot(address, institution.Ballot),
        };
        if (Ledger.State.OpenInstance(StateKeys.Endpoints(address, EndpointKind.Box), EndpointInstance.Parser)
            is { } box)
        {
            view.Endpoints.Add(box);
        }

        return view;
    }

    private static RpcException NotFound() => new(new Status(StatusCode.NotFound, "the ledger knows nobody there"));
}
