using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The agents resource: all that is known of whom an agent names, as a Person (xAPI 1.0.3, part 3, 2.4).
/// </summary>
internal sealed class AgentsResource
{
    /// <summary>Names of one person that are given: whoever has more is no person.</summary>
    private const int NamesMax = 64;

    private static readonly string[] Identifiers = ["account", "mbox", "mbox_sha1sum", "openid"];

    private readonly RecordStore store;

    public AgentsResource(RecordStore store)
    {
        this.store = store;
    }

    /// <summary>Answers a request.</summary>
    public Task<XapiAnswer> AnswerAsync(XapiRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!request.IsReading)
        {
            return Task.FromResult(XapiEdge.NoSuchMethod(request.Method, "GET", "HEAD"));
        }

        if (!request.Caller.May(XapiScopes.StatementsRead) && !request.Caller.May(XapiScopes.Profile))
        {
            return Task.FromResult(XapiEdge.Forbidden("statements/read"));
        }

        RequestParameters.RequireKnown(request.Parameters, "agent");
        return Task.FromResult(XapiAnswer.Ok(Person(RequestParameters.Agent(request.Parameters, "agent"))));
    }

    private ReadOnlyMemory<byte> Person(JsonCursor agent)
    {
        ArrayBufferWriter<byte> person = new();
        person.Write("{\"objectType\":\"Person\""u8);
        foreach (string name in Identifiers)
        {
            FieldRules.IfPresent(agent, name, identifier =>
            {
                person.Write(","u8);
                CanonicalJson.WriteString(identifier.NameBytes, person);
                person.Write(":["u8);
                CanonicalJson.Write(identifier, person);
                person.Write("]"u8);
            });
        }

        IReadOnlyList<string> names = store.Names(ActorRules.KeyOf(agent)!, NamesMax);
        if (names.Count > 0)
        {
            person.Write(",\"name\":"u8);
            XapiAnswer.WriteTexts(names, person);
        }

        person.Write("}"u8);
        return person.WrittenMemory;
    }
}
