using System.Text.Json;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>The members end an institution's right to transact.</summary>
public sealed class RevocationTests
{
    [Test]
    public async Task What_a_revoked_institution_signs_is_refused_at_once_and_its_seat_can_be_taken()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("revocation");
        DevnetNode[] founders = [.. consortium.Nodes];
        DevnetNode revoked = founders[3];
        await consortium.DecideAsync(revoked);
        string guest = consortium.GuestOf(revoked, founders[0]);

        await consortium.RunAsync(founders[0].Key, "member", "revoke", revoked.Name);
        await consortium.RunAsync(founders[1].Key, "member", "revoke", revoked.Domain);
        await consortium.RunAsync(guest, "institution", "create-index");
        JsonElement decided = await consortium.RunAsync(founders[2].Key, "member", "revoke", revoked.Domain);

        Assert.That(decided.ToString(), Does.Contain("is revoked"));
        (int code, JsonElement refused) = await consortium.TryAsync(
            guest, "institution", "publish-endpoint", "box", "https://127.0.0.1:1");
        Assert.That(code, Is.EqualTo(1), refused.ToString());

        // Its seat counts as faulty until it is taken; the three others go on.
        await consortium.DecideAsync(founders[0]);
        string change = await consortium.ApproveAsync(
            founders[0], founders[1..3], "--remove", revoked.Name);
        await consortium.ActivateAsync(founders[0], change);
        await consortium.DecideAsync(founders[1]);
        Assert.That((await consortium.StatusAsync(founders[0])).Validators, Is.EqualTo(3));
    }
}
