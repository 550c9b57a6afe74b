using System.Diagnostics;

namespace SocialHub.EndToEnd.Peers;

public sealed class BlueskyPdsTests
{
    [Fact]
    public async Task A_real_server_keeps_a_post_until_it_is_deleted_and_leaves_no_process_behind()
    {
        int process;
        await using (var pds = await BlueskyPds.StartAsync())
        {
            process = pds.ProcessId;
            var account = await pds.CreateAccountAsync();
            var other = await pds.CreateAccountAsync();
            var uri = await account.PostAsync("Bonjour Saint-Exemple 🎉");

            var post = Assert.Single(await account.PostsAsync());
            Assert.Equal(uri, post.Uri);
            Assert.Equal("Bonjour Saint-Exemple 🎉", post.Text);
            Assert.Empty(await other.PostsAsync());

            await account.DeleteAsync(post.Key);
            Assert.Empty(await account.PostsAsync());
        }
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public async Task Its_identities_name_the_proxy_in_front_of_it()
    {
        await using var pds = await BlueskyPds.StartAsync(publicPort: 4);
        var account = await pds.CreateAccountAsync();
        var described = await pds.Client.GetStringAsync($"/xrpc/com.atproto.repo.describeRepo?repo={account.Did}");
        Assert.Contains("http://localhost:4", described, StringComparison.Ordinal);
    }
}
