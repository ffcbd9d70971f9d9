using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>A tool at a node that may read granted statements, and nothing of the node's own store.</summary>
public static class GrantedTool
{
    public const string Key = "advice";
    public const string Secret = "a secret of the tool's own";

    /// <summary>Registers the tool at a stopped node, beside the one that is there.</summary>
    public static void Register(DevnetNode node)
    {
        JsonNode present = JsonNode.Parse(File.ReadAllBytes(node.CredentialsFile))!;
        JsonObject tool = new()
        {
            ["key"] = Key, ["secret"] = Secret, ["scopes"] = new JsonArray("granted/read"),
        };
        File.WriteAllText(node.CredentialsFile, new JsonArray(present, tool).ToJsonString());
    }

    /// <summary>A plain GET of xAPI; answers status and body.</summary>
    public static async Task<(int Status, JsonElement Body)> GetAsync(DevnetNode node, string path)
    {
        using HttpClient http = new() { BaseAddress = new Uri("http://" + node.Lrs) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        using HttpResponseMessage answer = await http.GetAsync(path);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return ((int)answer.StatusCode, body.RootElement.Clone());
    }
}
