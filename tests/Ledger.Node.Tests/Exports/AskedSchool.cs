using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Exports;

/// <summary>A school's node as somebody asks it, in place of the network.</summary>
internal sealed class AskedSchool(ExportSchoolBench school, SigningKey caller) : IExportSchool
{
    public async Task<BoxAnswer> ReadAsync(BoxRequest request, CancellationToken cancellation)
    {
        BoxReply reply = await school.Box.AnswerAsync(request, cancellation);
        return reply.Answer ?? throw new LedgerClientException(ClientFailure.Refused, reply.Refusal!.ToString());
    }

    public async IAsyncEnumerable<SchoolWord> TellAsync(
        TellRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (SchoolWord word in await AskAsync(request))
        {
            yield return word;
        }
    }

    /// <summary>The words; a refusal as the client would tell it.</summary>
    public async Task<IReadOnlyList<SchoolWord>> AskAsync(TellRequest request)
    {
        Collector words = new();
        try
        {
            await school.Service.Tell(request, words, Call());
        }
        catch (RpcException refusal)
        {
            throw new LedgerClientException(ClientFailure.Refused, refusal.Status.Detail, refusal);
        }

        return words.Words;
    }

    private CallContext Call()
    {
        byte[] challenge = school.Callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(caller.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(caller.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(caller.Sign(CallerMessages.Digest(
                school.ChainId, school.Identity.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }

    private sealed class Collector : IServerStreamWriter<SchoolWord>
    {
        public List<SchoolWord> Words { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(SchoolWord message)
        {
            Words.Add(message);
            return Task.CompletedTask;
        }
    }
}
