using System.Buffers;
using System.Text;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>What an endpoint answers: a status and a JSON body.</summary>
internal sealed record XapiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Done, with nothing to tell.</summary>
    public static XapiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);

    /// <summary>Done, with JSON.</summary>
    public static XapiAnswer Ok(ReadOnlyMemory<byte> json) => new(StatusCodes.Status200OK, json);

    /// <summary>Done, with a list of ids.</summary>
    public static XapiAnswer Ids(IReadOnlyList<string> ids)
    {
        ArrayBufferWriter<byte> body = new();
        body.Write("["u8);
        for (int at = 0; at < ids.Count; at++)
        {
            body.Write(at == 0 ? ""u8 : ","u8);
            CanonicalJson.WriteString(Encoding.UTF8.GetBytes(ids[at]), body);
        }

        body.Write("]"u8);
        return Ok(body.WrittenMemory);
    }

    /// <summary>A refusal: what is wrong, where, and by which rule.</summary>
    public static XapiAnswer Error(int status, string error, string path, string rule)
    {
        ArrayBufferWriter<byte> body = new();
        body.Write("{\"error\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(error), body);
        body.Write(",\"path\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(path), body);
        body.Write(",\"rule\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(rule), body);
        body.Write("}"u8);
        return new XapiAnswer(status, body.WrittenMemory);
    }

    /// <summary>A record or a parameter that does not keep a rule.</summary>
    public static XapiAnswer Error(RecordFormatException refusal) =>
        Error(StatusCodes.Status400BadRequest, refusal.Message, refusal.Path, refusal.Rule);

    /// <summary>Sends it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (!Body.IsEmpty)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Body.Length;
            await context.Response.BodyWriter.WriteAsync(Body, context.RequestAborted);
        }
    }
}
