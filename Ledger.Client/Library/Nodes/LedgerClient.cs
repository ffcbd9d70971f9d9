using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using Polly;
using Polly.Retry;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Client.Nodes;

/// <summary>
/// A node's public API. Every call throws <see cref="LedgerClientException"/> when it gives no result. Answers are the
/// node's word:
/// what must be proved is checked by <c>ProofVerifier</c>. May be used from any thread.
/// </summary>
public sealed partial class LedgerClient : IDisposable
{
    /// <summary>A bundle of 1,000 records with proofs is the largest answer; more is asked for in portions.</summary>
    public const int AnswerBytesMax = 64 * 1024 * 1024;

    // Time for a read: the node answers from its own disk.
    private static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(15);

    // Time to be decided: a transaction that waits longer than its validity has expired.
    private static readonly TimeSpan DecisionTime = TimeSpan.FromSeconds(130);

    private const int RetriesMax = 3;

    private readonly NodeEndpoint endpoint;
    private readonly TimeProvider time;
    private readonly PinnedHandler handler;
    private readonly GrpcChannel channel;
    private readonly LedgerNode.LedgerNodeClient node;
    private readonly SecureBox.SecureBoxClient box;
    private readonly InstitutionNode.InstitutionNodeClient institution;
    private readonly LearnerAccounts.LearnerAccountsClient accounts;
    private readonly Protos.Membership.MembershipClient membership;
    private readonly Protos.Inspection.InspectionClient inspection;
    private readonly AccessTrail.AccessTrailClient trail;
    private readonly CustodyNode.CustodyNodeClient custody;
    private readonly ErasureNode.ErasureNodeClient erasure;
    private readonly RequestPurposes.RequestPurposesClient purposes;
    private readonly RecordStoreNode.RecordStoreNodeClient records;
    private readonly EarlierRecords.EarlierRecordsClient earlier;
    private readonly Research.ResearchClient research;
    private readonly LearnerNotices.LearnerNoticesClient notices;
    private readonly DisclosureNode.DisclosureNodeClient disclosures;
    private readonly GrantedCopies.GrantedCopiesClient copies;
    private readonly LearnerExport.LearnerExportClient exports;
    private readonly GrantedLimits.GrantedLimitsClient limits;
    private readonly CallerProofs? proofs;
    private readonly ResiliencePipeline retries;

    /// <summary>
    /// Prepares a connection, which is made at the first call. Without <paramref name="caller"/> only what is open to
    /// anybody can be asked. The chain id says which chain the caller's proofs are for.
    /// </summary>
    public LedgerClient(NodeEndpoint endpoint, Hash256 chainId, CallerIdentity? caller, TimeProvider? time = null)
    {
        this.endpoint = endpoint;
        this.time = time ?? TimeProvider.System;
        handler = new PinnedHandler(endpoint.TlsPin);
        channel = GrpcChannel.ForAddress(endpoint.Uri, new GrpcChannelOptions
        {
            HttpHandler = handler.Handler,
            MaxReceiveMessageSize = AnswerBytesMax,
        });
        node = new LedgerNode.LedgerNodeClient(channel);
        box = new SecureBox.SecureBoxClient(channel);
        institution = new InstitutionNode.InstitutionNodeClient(channel);
        accounts = new LearnerAccounts.LearnerAccountsClient(channel);
        trail = new AccessTrail.AccessTrailClient(channel);
        custody = new CustodyNode.CustodyNodeClient(channel);
        erasure = new ErasureNode.ErasureNodeClient(channel);
        purposes = new RequestPurposes.RequestPurposesClient(channel);
        records = new RecordStoreNode.RecordStoreNodeClient(channel);
        earlier = new EarlierRecords.EarlierRecordsClient(channel);
        research = new Research.ResearchClient(channel);
        notices = new LearnerNotices.LearnerNoticesClient(channel);
        copies = new GrantedCopies.GrantedCopiesClient(channel);
        limits = new GrantedLimits.GrantedLimitsClient(channel);
        exports = new LearnerExport.LearnerExportClient(channel);
        disclosures = new DisclosureNode.DisclosureNodeClient(channel);
        membership = new Protos.Membership.MembershipClient(channel);
        inspection = new Protos.Inspection.InspectionClient(channel);
        proofs = caller is null ? null : new CallerProofs(caller, chainId, AskChallengeAsync, this.time);
        retries = new ResiliencePipelineBuilder { TimeProvider = this.time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<RpcException>(IsWorthRetrying),
                MaxRetryAttempts = RetriesMax,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>The node's state in figures.</summary>
    public Task<NodeStatus> GetStatusAsync(CancellationToken cancellation) =>
        OpenAsync(options => node.GetStatusAsync(new StatusRequest(), options), ReadTime, cancellation);

    /// <summary>The genesis document's bytes, whose hash is the chain id.</summary>
    public async Task<byte[]> GetGenesisAsync(CancellationToken cancellation)
    {
        GenesisReply reply = await OpenAsync(
            options => node.GetGenesisAsync(new GenesisRequest(), options), ReadTime, cancellation)
                .ConfigureAwait(false);
        return reply.Genesis.ToByteArray();
    }

    /// <summary>
    /// Hands in signed bytes. With <paramref name="wait"/> it answers when they are decided. The same bytes may be
    /// handed in again.
    /// </summary>
    public Task<Outcome> SubmitAsync(byte[] signedBytes, bool wait, CancellationToken cancellation)
    {
        SubmitRequest request = new() { Transaction = UnsafeByteOperations.UnsafeWrap(signedBytes), Wait = wait };
        return OpenAsync(options => node.SubmitAsync(request, options), wait ? DecisionTime : ReadTime, cancellation);
    }

    /// <summary>Hands in many; answers when the last is admitted or refused.</summary>
    public async Task<SubmitSummary> SubmitAllAsync(IEnumerable<byte[]> transactions, CancellationToken cancellation)
    {
        try
        {
            using AsyncClientStreamingCall<SubmitRequest, SubmitSummary> call = node.SubmitAll(
                new CallOptions(deadline: DeadlineAfter(DecisionTime), cancellationToken: cancellation));
            foreach (byte[] transaction in transactions)
            {
                SubmitRequest request = new() { Transaction = UnsafeByteOperations.UnsafeWrap(transaction) };
                await call.RequestStream.WriteAsync(request, cancellation).ConfigureAwait(false);
            }

            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    /// <summary>What became of a transaction.</summary>
    public Task<Outcome> GetOutcomeAsync(Hash256 transactionId, CancellationToken cancellation)
    {
        TransactionRequest request = new() { TransactionId = Bytes(transactionId) };
        return ProvedAsync(options => node.GetOutcomeAsync(request, options), cancellation);
    }

    /// <summary>The receipt of one operation of a decided transaction.</summary>
    public Task<Receipt> GetReceiptAsync(
        Hash256 transactionId, uint group, uint operation, CancellationToken cancellation)
    {
        ReceiptRequest request = new() { TransactionId = Bytes(transactionId), Group = group, Operation = operation };
        return ProvedAsync(options => node.GetReceiptAsync(request, options), cancellation);
    }

    /// <summary>A transaction and what became of it.</summary>
    public Task<TransactionView> GetTransactionAsync(Hash256 transactionId, CancellationToken cancellation)
    {
        TransactionRequest request = new() { TransactionId = Bytes(transactionId) };
        return ProvedAsync(options => node.GetTransactionAsync(request, options), cancellation);
    }

    /// <summary>A block's header and certificate, open to anybody; its transactions are for members.</summary>
    public Task<BlockView> GetBlockAsync(ulong height, bool withTransactions, CancellationToken cancellation)
    {
        BlockRequest request = new() { Height = height, WithTransactions = withTransactions };
        return withTransactions
            ? ProvedAsync(options => node.GetBlockAsync(request, options), cancellation)
            : OpenAsync(options => node.GetBlockAsync(request, options), ReadTime, cancellation);
    }

    /// <summary>Headers with certificates from a height on, then each new one, until cancelled.</summary>
    public async IAsyncEnumerable<BlockSummary> WatchBlocksAsync(
        ulong fromHeight, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<BlockSummary> call = node.WatchBlocks(
            new WatchRequest { FromHeight = fromHeight }, new CallOptions(cancellationToken: cancellation));
        while (await NextAsync(call.ResponseStream, cancellation).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <summary>Proof of the value, or the absence, of a raw key of the state at the node's head.</summary>
    public Task<StateEvidence> GetStateAsync(ReadOnlyMemory<byte> rawKey, CancellationToken cancellation)
    {
        StateRequest request = new() { Key = ByteString.CopyFrom(rawKey.Span) };
        return ProvedAsync(options => node.GetStateAsync(request, options), cancellation);
    }

    /// <summary>A page of institutions.</summary>
    public Task<InstitutionPage> ListInstitutionsAsync(PageRequest page, CancellationToken cancellation) =>
        ProvedAsync(options => node.ListInstitutionsAsync(page, options), cancellation);

    /// <summary>An institution with its keys and endpoints.</summary>
    public Task<InstitutionView> GetInstitutionAsync(Address institution, CancellationToken cancellation)
    {
        AddressRequest request = new() { Address = Bytes(institution) };
        return ProvedAsync(options => node.GetInstitutionAsync(request, options), cancellation);
    }

    /// <summary>A learner with its enrolments.</summary>
    public Task<LearnerView> GetLearnerAsync(Address learner, CancellationToken cancellation)
    {
        AddressRequest request = new() { Address = Bytes(learner) };
        return ProvedAsync(options => node.GetLearnerAsync(request, options), cancellation);
    }

    /// <summary>UIC: the LLPCs of a learner.</summary>
    public Task<IndexPage> ListUicAsync(UicRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => node.ListUicAsync(request, options), cancellation);

    /// <summary>PIC: the LLPCs that a provider wrote or may reach.</summary>
    public Task<IndexPage> ListPicAsync(PicRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => node.ListPicAsync(request, options), cancellation);

    /// <summary>An LLPC with its grants and the ranges of its writers.</summary>
    public Task<LlpcView> GetLlpcAsync(Address learner, string verb, CancellationToken cancellation)
    {
        LlpcQuery request = new() { Learner = Bytes(learner), Verb = verb };
        return ProvedAsync(options => node.GetLlpcAsync(request, options), cancellation);
    }

    /// <summary>Requests that wait for a learner's answer.</summary>
    public Task<RequestPage> ListRequestsAsync(Address learner, PageRequest page, CancellationToken cancellation)
    {
        RequestsQuery request = new() { Learner = Bytes(learner), Page = page };
        return ProvedAsync(options => node.ListRequestsAsync(request, options), cancellation);
    }

    /// <summary>
    /// Asks the secure box. It is asked once: a box takes each request once, so that a second try would be refused.
    /// </summary>
    public async Task<BoxAnswer> ReadBoxAsync(BoxRequest request, CancellationToken cancellation)
    {
        try
        {
            return await box.ReadAsync(
                request, new CallOptions(deadline: DeadlineAfter(ReadTime), cancellationToken: cancellation))
                    .ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        proofs?.Dispose();
        channel.Dispose();
        handler.Dispose();
    }

    private async Task<Challenge> AskChallengeAsync(CancellationToken cancellation) =>
        await OpenAsync(options => node.GetChallengeAsync(new ChallengeRequest(), options), ReadTime, cancellation)
            .ConfigureAwait(false);

    private async Task<T> OpenAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan time, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(call, metadata: null, time, cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    private Task<T> ProvedAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation) =>
        ProvedAsync(call, ReadTime, cancellation);

    private async Task<T> ProvedAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan timeout, CancellationToken cancellation)
    {
        CallerProofs proofs = RequiredProofs;
        try
        {
            Metadata metadata = await proofs.MetadataAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await SendAsync(call, metadata, timeout, cancellation).ConfigureAwait(false);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated)
            {
                // A node that was started again has forgotten its challenges; one new proof settles whether that was
                // it.
                await proofs.ForgetAsync(cancellation).ConfigureAwait(false);
                metadata = await proofs.MetadataAsync(cancellation).ConfigureAwait(false);
                return await SendAsync(call, metadata, timeout, cancellation).ConfigureAwait(false);
            }
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    private CallerProofs RequiredProofs => proofs ?? throw new LedgerClientException(
        ClientFailure.WrongUse, "This needs a key of an institution or learner. Name a key file in the profile.");

    private async Task<T> SendAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call, Metadata? metadata, TimeSpan timeout,
            CancellationToken cancellation) =>
        await retries.ExecuteAsync(
            async token =>
            {
                using AsyncUnaryCall<T> sent = call(new CallOptions(metadata, DeadlineAfter(timeout), token));
                return await sent.ResponseAsync.ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);

    private async Task<bool> NextAsync(IAsyncStreamReader<BlockSummary> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    private bool IsWorthRetrying(RpcException failure) =>
        failure.StatusCode == StatusCode.Unavailable && !handler.SawOtherKey;

    private DateTime DeadlineAfter(TimeSpan timeout) => time.GetUtcNow().UtcDateTime + timeout;

    private static ByteString Bytes(Hash256 hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());

    private static ByteString Bytes(Address address) => UnsafeByteOperations.UnsafeWrap(address.ToArray());
}
