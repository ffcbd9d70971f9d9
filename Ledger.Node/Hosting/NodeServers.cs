using System.Net;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Cohorts;
using Ledger.Node.Configuration;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Erasure;
using Ledger.Node.Exports;
using Ledger.Node.Granted;
using Ledger.Node.Notices;
using Ledger.Node.Peers;
using Ledger.Node.Records;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ledger.Node.Hosting;

/// <summary>
/// The node's three ports, each a server of its own: peers (mutual TLS), API (TLS), learning record store (HTTP).
/// </summary>
public sealed class NodeServers : IAsyncDisposable
{
    /// <summary>Calls of one connection at a time: those of a busy client that waits for each decision.</summary>
    private const int ApiStreamsMax = 256;

    /// <summary>A handshake or the headers of a request take a moment; a machine that is busy gets more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication[] applications;

    private NodeServers(WebApplication[] applications)
    {
        this.applications = applications;
    }

    /// <summary>Opens the ports.</summary>
    public static async Task<NodeServers> StartAsync(
        NodeConfiguration configuration,
        TlsIdentity tls,
        LedgerNodeService api,
        MembershipService membership,
        InspectionService inspection,
        InstitutionNodeService institution,
        LearnerAccountsService accounts,
        RecordStoreService recordStore,
        EarlierRecordsService earlier,
        RecordFacts facts,
        SecureBoxReads box,
        CohortCounts cohorts,
        ResearchService research,
        AccessTrailService trail,
        RequestPurposeService purposes,
        NoticeService notices,
        CustodyNodeService custody,
        ErasureNodeService erasure,
        DisclosureNodeService disclosures,
        DisclosureShelf shelf,
        PeerService peers,
        RecordStore records,
        IntakeConsent consent,
        GrantedReader granted,
        CopyReader copies,
        GrantedCopiesService copiesApi,
        LearnerExportService exports,
        GrantedLimitsService limits,
        LearnerPairs pairs,
        DiskGuard disk,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        WebApplication[] applications =
        [
            PeerServer.Build(
                Free(configuration.PeerListen, "The peer port"), tls, peers, new PeerGate(time), loggers),
            ApiPort(configuration, tls, api, membership, inspection, institution, accounts, recordStore, earlier, box,
                cohorts, research, trail, purposes, notices, custody, erasure, disclosures, shelf, copiesApi, exports,
                limits, loggers),
            RecordPort(configuration, tls, records, facts, consent, granted, copies, pairs, disk, time, loggers),
        ];
        foreach (WebApplication application in applications)
        {
            await application.StartAsync();
        }

        return new NodeServers(applications);
    }

    /// <summary>Opens the API of a node that fetches a snapshot.</summary>
    public static async Task<NodeServers> StartJoiningAsync(
        NodeConfiguration configuration, TlsIdentity tls, JoiningService joining, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = ApiBuilder(configuration, tls, loggers);
        builder.Services.AddSingleton(joining);
        WebApplication application = Bounded(builder.Build());
        application.MapGrpcService<JoiningService>();
        await application.StartAsync();
        return new NodeServers([application]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        foreach (WebApplication application in applications)
        {
            await application.StopAsync(patience.Token);
            await application.DisposeAsync();
        }
    }

    private static WebApplication ApiPort(
        NodeConfiguration configuration,
        TlsIdentity tls,
        LedgerNodeService api,
        MembershipService membership,
        InspectionService inspection,
        InstitutionNodeService institution,
        LearnerAccountsService accounts,
        RecordStoreService recordStore,
        EarlierRecordsService earlier,
        SecureBoxReads box,
        CohortCounts cohorts,
        ResearchService research,
        AccessTrailService trail,
        RequestPurposeService purposes,
        NoticeService notices,
        CustodyNodeService custody,
        ErasureNodeService erasure,
        DisclosureNodeService disclosures,
        DisclosureShelf shelf,
        GrantedCopiesService copiesApi,
        LearnerExportService exports,
        GrantedLimitsService limits,
        ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = ApiBuilder(configuration, tls, loggers);
        builder.Services.AddSingleton(api);
        builder.Services.AddSingleton(membership);
        builder.Services.AddSingleton(inspection);
        builder.Services.AddSingleton(institution);
        builder.Services.AddSingleton(accounts);
        builder.Services.AddSingleton(recordStore);
        builder.Services.AddSingleton(earlier);
        builder.Services.AddSingleton(new SecureBoxService(box, cohorts));
        builder.Services.AddSingleton(research);
        builder.Services.AddSingleton(trail);
        builder.Services.AddSingleton(purposes);
        builder.Services.AddSingleton(notices);
        builder.Services.AddSingleton(custody);
        builder.Services.AddSingleton(erasure);
        builder.Services.AddSingleton(disclosures);
        builder.Services.AddSingleton(copiesApi);
        builder.Services.AddSingleton(exports);
        builder.Services.AddSingleton(limits);
        WebApplication application = Bounded(builder.Build());
        application.MapGrpcService<LedgerNodeService>();
        application.MapGrpcService<MembershipService>();
        application.MapGrpcService<InspectionService>();
        application.MapGrpcService<InstitutionNodeService>();
        application.MapGrpcService<LearnerAccountsService>();
        application.MapGrpcService<RecordStoreService>();
        application.MapGrpcService<EarlierRecordsService>();
        application.MapGrpcService<SecureBoxService>();
        application.MapGrpcService<ResearchService>();
        application.MapGrpcService<AccessTrailService>();
        application.MapGrpcService<RequestPurposeService>();
        application.MapGrpcService<NoticeService>();
        application.MapGrpcService<CustodyNodeService>();
        application.MapGrpcService<ErasureNodeService>();
        application.MapGrpcService<DisclosureNodeService>();
        application.MapGrpcService<GrantedCopiesService>();
        application.MapGrpcService<LearnerExportService>();
        application.MapGrpcService<GrantedLimitsService>();
        application.MapSecureBox(box);
        application.MapDisclosures(shelf);
        return application;
    }

    private static WebApplication RecordPort(
        NodeConfiguration configuration,
        TlsIdentity tls,
        RecordStore records,
        RecordFacts facts,
        IntakeConsent consent,
        GrantedReader granted,
        CopyReader copies,
        LearnerPairs pairs,
        DiskGuard disk,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        XapiOptions options = RecordSettings.Endpoint(configuration) with
        {
            Facts = facts,
            Granted =
            [
                (GrantedEndpoint.NowPath, new GrantedResource(granted.ReadAsync, pairs.Find)),
                (GrantedEndpoint.CopiesPath, new GrantedResource(copies.ReadAsync, pairs.Find)),
            ],
            HasRoom = disk.HasRoom,
        };
        return RecordHost.Build(
            configuration, Free(configuration.LrsListen, "The learning record store"), tls, records, options,
            consent.MayStore, time, loggers);
    }

    private static WebApplicationBuilder ApiBuilder(
        NodeConfiguration configuration, TlsIdentity tls, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Port.Builder(loggers);
        Port.AddGrpc(builder, ApiLimits.RequestBytesMax, ApiLimits.AnswerBytesMax);
        Port port = new(
            Free(configuration.ApiListen, "The API"),
            HttpProtocols.Http1AndHttp2, ApiLimits.ConnectionsMax, ApiStreamsMax, Patience)
        {
            OnConnection = new NetworkShares(ApiLimits.NetworkConnectionsMax).ServeAsync,
            Https = https => https.ServerCertificate = tls.Certificate,
            AnswersMany = true,
        };
        port.Listen(builder);
        return builder;
    }

    private static WebApplication Bounded(WebApplication api)
    {
        RequestBounds bounds = new(
            ApiLimits.RequestBytesMax,
            ApiLimits.RequestPatience,
            new RequestMemory(ApiLimits.NetworkRequestBytesMax),
            CoverStreams: true);
        api.Use(bounds.ApplyAsync);
        return api;
    }

    private static IPEndPoint Free(string address, string what)
    {
        IPEndPoint endPoint = ListenAddress.Parse(address, what);
        ListenAddress.RequireFree(endPoint, what);
        return endPoint;
    }
}
