#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift calls no function with a variable number of arguments: here is one for each kind of value.

static inline CURLcode ccurl_initialise(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode ccurl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_read(CURL *handle, curl_read_callback function) {
  return curl_easy_setopt(handle, CURLOPT_READFUNCTION, function);
}

static inline CURLcode ccurl_set_progress(CURL *handle, curl_xferinfo_callback function) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

static inline CURLcode ccurl_set_debug(CURL *handle, curl_debug_callback function) {
  return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
}
