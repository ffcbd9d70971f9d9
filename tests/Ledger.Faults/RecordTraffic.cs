using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Devnet;

namespace Ledger.Faults;

/// <summary>
/// Learning tools that post statements to one node's record store while it comes and goes; remembers every statement
/// that the store said it had.
/// </summary>
public sealed class RecordTraffic : IAsyncDisposable
{
    /// <summary>Statements of a request, as a tool sends what a class does in a second.</summary>
    private const int Batch = 5;

    private const string HomePage = "https://lms.example.org";

    private static readonly string[] Verbs =
        ["http://id.tincanapi.com/verb/viewed", "http://adlnet.gov/expapi/verbs/answered"];

    /// <summary>A node that is down refuses at once: asking it all the time only slows the others down.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);

    /// <summary>Each tool rests so long after a request: anchoring keeps up on a machine of two cores.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly SigningKey[] learners;
    private readonly HttpClient http;
    private Task[] running = [];
    private int resent;

    private RecordTraffic(DevnetNode node, SigningKey[] learners)
    {
        this.learners = learners;
        http = ClientOf(node);
    }

    /// <summary>Ids of the statements that the store acknowledged.</summary>
    public ConcurrentDictionary<string, bool> Acknowledged { get; } = new();

    /// <summary>Statements whose answer did not come, which were sent again until one came.</summary>
    public int Resent => Volatile.Read(ref resent);

    /// <summary>
    /// Makes the institution's index and its learners, pairs their accounts, and lets a tool for each begin.
    /// </summary>
    public static async Task<RecordTraffic> StartAsync(Member member, int tools)
    {
        await member.DecideAsync([member.Key], Operations.PicCreate());
        SigningKey[] learners = [.. Enumerable.Range(0, tools).Select(static _ => SigningKey.Create())];
        for (int tool = 0; tool < tools; tool++)
        {
            await member.DecideAsync([learners[tool]], Operations.UicCreate());
            await member.DecideAsync(
                [learners[tool], member.Key], Operations.Enrol(learners[tool].Address, member.Address));
            await member.Client.PairLearnerAsync(
                $"{HomePage}|{NameOf(tool)}", learners[tool].Address, CancellationToken.None);
        }

        RecordTraffic traffic = new(member.Node, learners);
        traffic.running = [.. Enumerable.Range(0, tools).Select(tool => Task.Run(() => traffic.PostAsync(tool)))];
        return traffic;
    }

    /// <summary>Waits until the store has acknowledged so many more.</summary>
    public async Task MoreAsync(int count)
    {
        int goal = Acknowledged.Count + count;
        await Waiting.UntilAsync(
            $"the store acknowledges {count} statements more", () => Task.FromResult(Acknowledged.Count >= goal));
    }

    /// <summary>Ends the traffic; what is under way is told to nobody.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        http.Dispose();
        foreach (SigningKey learner in learners)
        {
            learner.Dispose();
        }
    }

    private async Task PostAsync(int tool)
    {
        for (int request = 0; !stopping.IsCancellationRequested; request++)
        {
            string[] ids = [.. Enumerable.Range(0, Batch).Select(static _ => Guid.NewGuid().ToString("D"))];
            string body = $"[{string.Join(',', ids.Select((id, at) => Statement(id, tool, (request + at) % 2)))}]";
            while (!await TryPostAsync(body, ids) && !stopping.IsCancellationRequested)
            {
                Interlocked.Add(ref resent, ids.Length);
                await PauseAsync(PauseAfterFailure);
            }

            await PauseAsync(Between);
        }
    }

    private async Task<bool> TryPostAsync(string json, string[] ids)
    {
        try
        {
            using StringContent content = new(json, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.PostAsync("/xAPI/statements", content, stopping.Token);
            // What is too much at once comes again; any other refusal is a fault.
            ObservationException.Require(
                answer.IsSuccessStatusCode || (int)answer.StatusCode is 429 or >= 500,
                $"The store refused statements: {await answer.Content.ReadAsStringAsync()}");
            if (answer.IsSuccessStatusCode)
            {
                Array.ForEach(ids, id => Acknowledged[id] = true);
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            // Its node is down, or the traffic ends: nobody was told anything.
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        if (!stopping.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(pause, stopping.Token));
        }
    }

    private static string NameOf(int tool) => string.Create(CultureInfo.InvariantCulture, $"student-{tool}");

    private static string Statement(string id, int tool, int verb) => $$$"""
        {"id":"{{{id}}}","timestamp":"2026-01-15T09:15:00Z",
         "actor":{"account":{"homePage":"{{{HomePage}}}","name":"{{{NameOf(tool)}}}"}},
         "verb":{"id":"{{{Verbs[verb]}}}"},
         "object":{"id":"{{{HomePage}}}/mod/page/view.php?id=1"}}
        """;

    private static HttpClient ClientOf(DevnetNode node)
    {
        using JsonDocument credentials = JsonDocument.Parse(File.ReadAllBytes(node.CredentialsFile));
        string pair = credentials.RootElement.GetProperty("key").GetString() + ":"
            + credentials.RootElement.GetProperty("secret").GetString();
        HttpClient http = new() { BaseAddress = new Uri("http://" + node.Lrs), Timeout = AnswerTime };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return http;
    }
}
